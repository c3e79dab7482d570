import CLinux
import Foundation
import Glibc
import Synchronization

/// The thread that owns one connection of a C library that is not thread-safe.
///
/// It is the serial executor of the actor that holds the handle, so the compiler keeps everybody else away from it, and no thread
/// of Swift's pool ever blocks. Between the actor's jobs it waits in `poll` on the connection's socket and on an `eventfd` together:
/// a request or an acknowledgement wakes it at once, and so does the server.
package final class ConnectionThread: SerialExecutor, Sendable {
    /// What the connection waits for until its next turn.
    package struct Wait: Sendable {
        /// The socket; nil while there is none.
        package var descriptor: Int32?
        /// Whether there are bytes that the socket did not take yet.
        package var isWriting: Bool
        /// When to take a turn even if nothing happens; nil for never.
        package var deadline: ContinuousClock.Instant?

        package init(descriptor: Int32? = nil, isWriting: Bool = false, deadline: ContinuousClock.Instant? = nil) {
            self.descriptor = descriptor
            self.isWriting = isWriting
            self.deadline = deadline
        }
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var turn: (@Sendable () -> Wait)?
        var isTurnWanted = false
        var isAsleep = false
        var isStopped = false
        var thread: pthread_t?
    }

    private let state = Mutex(State())
    private let wakeup: WakeupDescriptor
    private let registry: LoopRegistry
    private let pulse: LoopPulse
    /// It turns this often even if nothing happens, so that a thread that hangs differs from one that has nothing to do.
    private static let longestSleep = Duration.seconds(1)

    /// - Parameter name: at most 15 bytes, as `ps`, debuggers and the registry show it.
    package init(name: String, registry: LoopRegistry = .shared) {
        wakeup = WakeupDescriptor()
        self.registry = registry
        pulse = registry.add(name)
        let thread = Thread { [self] in run() }
        thread.start()
        thread.name = name  // on Linux a name given before the start is lost
    }

    /// Has `turn` called on the thread after each batch of the actor's jobs, when the socket is ready, and at the deadline that
    /// it asked for. It does what can be done without blocking and says what to wait for.
    package func start(turn: @escaping @Sendable () -> Wait) {
        state.withLock { $0.turn = turn }
        wakeup.signal()
    }

    /// Has a turn taken soon, because something was left where the turn looks for it. Any thread may call it, and it costs little: no
    /// job is made, and a thread that is awake anyway is not signalled.
    package func wake() {
        let isAsleep = state.withLock { state in
            state.isTurnWanted = true
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if isAsleep { wakeup.signal() }
    }

    /// Says on the thread that it is about to wait outside of `poll`, for a name server or a connection, at most for `duration`: it is
    /// not to be taken for stuck meanwhile.
    package func beginBlocking(atMost duration: Duration) { pulse.excuse(for: duration) }

    /// Ends the thread once the jobs that are waiting have run. Whoever owns it calls this last.
    package func stop() {
        state.withLock {
            $0.isStopped = true
            $0.turn = nil
        }
        wakeup.signal()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isAsleep = state.withLock { state in
            state.jobs.append(job)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if isAsleep { wakeup.signal() }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the connection's thread")
    }

    package func isIsolatingCurrentContext() -> Bool? {
        state.withLock { $0.thread.map { pthread_equal($0, pthread_self()) != 0 } }
    }

    private func run() {
        state.withLock { $0.thread = pthread_self() }
        defer { registry.remove(pulse) }
        var jobs: [UnownedJob] = []
        while true {
            pulse.turn()
            jobs.removeAll(keepingCapacity: true)
            let (turn, isStopped) = state.withLock { state in
                swap(&state.jobs, &jobs)
                state.isTurnWanted = false
                return (state.turn, state.isStopped)
            }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            if isStopped && jobs.isEmpty { return }
            let wait = turn?() ?? Wait()
            let maySleep = state.withLock { state in
                state.isAsleep = state.jobs.isEmpty && !state.isTurnWanted && state.isStopped == isStopped
                return state.isAsleep
            }
            guard maySleep else { continue }
            wakeup.poll(with: wait, atMost: Self.longestSleep)
            state.withLock { $0.isAsleep = false }
        }
    }
}

/// An `eventfd` that ends a `poll` from another thread.
private struct WakeupDescriptor: ~Copyable, Sendable {
    private let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        precondition(descriptor >= 0, "no eventfd: \(String(cString: strerror(errno))); raise the limit of open files")
    }

    deinit { close(descriptor) }

    borrowing func signal() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Returns when woken, when the socket of `wait` is ready, at its deadline, or after `limit`.
    borrowing func poll(with wait: ConnectionThread.Wait, atMost limit: Duration) {
        var descriptors = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if let socket = wait.descriptor {
            let events = wait.isWriting ? POLLIN | POLLOUT : POLLIN
            descriptors.append(pollfd(fd: socket, events: Int16(events), revents: 0))
        }
        let remaining = wait.deadline.map { min($0 - .now, limit) } ?? limit
        let milliseconds = Self.wholeMilliseconds(remaining)
        guard Glibc.poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return }
        if descriptors[0].revents != 0 {
            var count: UInt64 = 0
            _ = read(descriptor, &count, 8)
        }
    }

    /// Rounded up.
    private static func wholeMilliseconds(_ duration: Duration) -> Int32 {
        guard duration > .zero else { return 0 }
        let (seconds, attoseconds) = duration.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
