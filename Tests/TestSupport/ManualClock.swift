package import ServiceRuntime
import Synchronization

/// A clock that goes when it is told to.
package final class ManualClock: Sendable {
    private let moment = Mutex(Timestamp(milliseconds: 1_700_000_000_000))

    package init() {}

    package var now: Timestamp { moment.withLock { $0 } }

    package func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
