import Glibc
import ServiceRuntime
import Synchronization

/// Ends what must not last: a call of the library that does not return, by shutting its socket down from another thread.
///
/// The library has calls that wait for ever when the broker stops reading or answering. It looks ten times a second, and uses each
/// look for whatever else has a deadline that the connection's own thread may be too stuck to keep.
final class SocketWatchdog: Sendable {
    static let defaultLimit = Duration.seconds(3)

    private struct State {
        /// A duplicate: the library may close its own and the system give the number to somebody else.
        var descriptor: Int32?
        var enteredAt: ContinuousClock.Instant?
        var limit = SocketWatchdog.defaultLimit
    }

    private let state = Mutex(State())
    private let thread = ConnectionThread(name: "rabbitmq-watch")

    /// - Parameter look: called on the watchdog's thread at every look.
    init(look: @escaping @Sendable () -> Void) {
        thread.start { [weak self] in
            guard let self else { return ConnectionThread.Wait() }
            cutIfStuck()
            look()
            return ConnectionThread.Wait(deadline: .now + .milliseconds(100))
        }
    }

    deinit { thread.stop() }

    /// Looks after this connection from now on.
    func watch(_ descriptor: Int32) {
        let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        replace(with: duplicate >= 0 ? duplicate : nil)
    }

    func forget() { replace(with: nil) }

    /// How long one call may take from now on.
    func allow(_ limit: Duration) { state.withLock { $0.limit = limit } }

    func enter() {
        let now = ContinuousClock.now
        state.withLock { $0.enteredAt = now }
    }

    func leave() { state.withLock { $0.enteredAt = nil } }

    private func replace(with descriptor: Int32?) {
        let old = state.withLock { state in
            defer { state.descriptor = descriptor }
            return state.descriptor
        }
        if let old { close(old) }
    }

    private func cutIfStuck() {
        state.withLock { state in
            guard let descriptor = state.descriptor, let enteredAt = state.enteredAt, .now - enteredAt > state.limit else {
                return
            }
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }
}
