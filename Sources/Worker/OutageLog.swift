import Logging
import ServiceRuntime
import Storage
import Synchronization

/// Says once that Redis is away and jobs are held, and once that it is back, however many jobs that concerns.
final class OutageLog: Sendable {
    private let logger: Logger
    private let state = Mutex<(held: Int, since: ContinuousClock.Instant)>((0, .now))

    init(logger: Logger) {
        self.logger = logger
    }

    func holds(_ count: Int, because error: StorageError) {
        let isFirst = state.withLock { state in
            if state.held == 0 { state.since = .now }
            state.held += count
            return state.held == count
        }
        if isFirst { logger.warning("Jobs are held until Redis answers again", metadata: [LogKey.error: "\(error)"]) }
    }

    func released(_ count: Int) {
        let duration: Duration? = state.withLock { state in
            state.held -= count
            return state.held == 0 ? .now - state.since : nil
        }
        guard let duration else { return }
        logger.info("Jobs are held no longer", metadata: [LogKey.duration: "\(duration.components.seconds * 1000)"])
    }
}
