import Recommenders
import ServiceRuntime
import Synchronization

/// Where this process' rating versions come from: each is later than the one before, even if the clock is set back, and later than
/// what other gateways had given when this one last heard of them.
final class RatingClock: Sendable {
    private let latestVersion: Mutex<RatingVersion>

    /// - Parameter origin: which process this is; random, since gateways do not know of each other.
    init(origin: UInt32 = .random(in: .min ... .max)) {
        latestVersion = Mutex(RatingVersion(clock: 0, origin: origin))
    }

    /// The latest that was given or heard of.
    var latest: RatingVersion { latestVersion.withLock { $0 } }

    /// Another gateway has given `version`: from now on this one gives later ones.
    func observe(_ version: RatingVersion) {
        latestVersion.withLock { latest in
            if version.clock > latest.clock { latest = RatingVersion(clock: version.clock, origin: latest.origin) }
        }
    }

    /// The first of `count` versions that follow each other without a gap and are nobody else's.
    func next(_ count: Int = 1, at moment: Timestamp) -> RatingVersion {
        latestVersion.withLock { latest in
            let first = latest.next(milliseconds: UInt64(max(0, moment.milliseconds)))
            latest = first.advanced(by: max(count, 1) - 1)
            return first
        }
    }
}

extension RatingVersion {
    /// The version that comes `count` places later in a run.
    func advanced(by count: Int) -> RatingVersion { RatingVersion(clock: clock + UInt64(count), origin: origin) }
}
