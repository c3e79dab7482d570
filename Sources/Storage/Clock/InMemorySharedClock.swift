package import Recommenders
import Synchronization

/// A clock for gateways of one process.
package final class InMemorySharedClock: SharedClock {
    private let latest = Mutex(RatingVersion(clock: 0, origin: 0))

    package init() {}

    package func latest(raisedTo version: RatingVersion) async throws(StorageError) -> RatingVersion {
        latest.withLock { latest in
            latest = max(latest, version)
            return latest
        }
    }
}
