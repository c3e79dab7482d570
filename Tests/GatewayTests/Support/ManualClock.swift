import ServiceRuntime
import Synchronization

/// A clock that goes when it is told to.
final class ManualClock: Sendable {
    private let moment = Mutex(Timestamp(milliseconds: 1_700_000_000_000))

    var now: Timestamp { moment.withLock { $0 } }

    func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
