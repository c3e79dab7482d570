import Recommenders
import ServiceRuntime
import Synchronization

/// Where this process' rating versions come from: each is later than the one before, even if the clock is set back.
final class RatingClock: Sendable {
    private let latest: Mutex<RatingVersion>

    /// - Parameter origin: which process this is; random, since gateways do not know of each other.
    init(origin: UInt32 = .random(in: .min ... .max)) {
        latest = Mutex(RatingVersion(clock: 0, origin: origin))
    }

    func next(at moment: Timestamp) -> RatingVersion {
        latest.withLock { latest in
            latest = latest.next(milliseconds: UInt64(max(0, moment.milliseconds)))
            return latest
        }
    }
}
