import Logging
import Messaging
import ServiceRuntime

/// Says once that the log of ratings cannot be read, and once that it can be again.
struct LiveOutage {
    private let grace: Duration
    private let logger: Logger
    private var since: ContinuousClock.Instant?
    private var wasTold = false

    /// - Parameter grace: nothing is said of what lasts shorter than this.
    init(grace: Duration, logger: Logger) {
        self.grace = grace
        self.logger = logger
    }

    /// How long nothing could be read; zero when it can be.
    func duration(at now: ContinuousClock.Instant) -> Duration { since.map { now - $0 } ?? .zero }

    mutating func look(at trouble: MessagingError?, _ now: ContinuousClock.Instant) {
        guard let trouble else {
            if wasTold {
                let milliseconds = duration(at: now).components.seconds * 1000
                logger.info("Others' latest ratings are learnt again", metadata: [LogKey.duration: "\(milliseconds)"])
            }
            (since, wasTold) = (nil, false)
            return
        }
        since = since ?? now
        guard !wasTold, duration(at: now) >= grace else { return }
        wasTold = true
        logger.warning(
            "Others' latest ratings cannot be read, lists are made without them", metadata: [LogKey.error: "\(trouble)"])
    }
}
