import Jobs
import Messaging

/// A job that this worker holds and has not settled.
struct HeldJob: Sendable {
    var delivery: JobDelivery
    /// How often it was started before it came here, as far as its record tells.
    var starts = 0
    /// How often carrying it out has failed here.
    var failures = 0
    /// Whether it failed together with others, or on its own.
    var isIsolated = false
    /// When it came, or may be tried again.
    var readyAt: ContinuousClock.Instant

    init(_ delivery: JobDelivery, starts: Int = 0, readyAt: ContinuousClock.Instant = .now) {
        self.delivery = delivery
        self.starts = starts
        self.readyAt = readyAt
    }

    var job: Job { delivery.job }

    /// Which attempt the next one is; 1 for most.
    var attempt: Int { max(starts, delivery.redeliveries) + failures + 1 }

    /// Whether it may be what ended the workers that had it. One end may be anybody's; the second makes whoever was there both times
    /// a suspect.
    var isSuspect: Bool { delivery.redeliveries > 1 }
}
