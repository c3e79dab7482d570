import DequeModule
import Foundation
import Glibc
import Metrics
import Synchronization

/// Has work done that takes a core for a while, on few threads that are none of Swift's pool.
///
/// A thread begins when there is work and ends when there is none: some ten microseconds for each, which are nothing beside the work.
final class HashingDesk: Sendable {
    private typealias Work = @Sendable () -> Void

    private struct State {
        var waiting: Deque<Work> = []
        var threads = 0
    }

    private let state = Mutex(State())
    private let threads: Int
    private let room: Int
    private let computed = PasswordMetrics.hashes(.computed)
    private let refused = PasswordMetrics.hashes(.refused)
    private let duration = PasswordMetrics.duration()

    init(threads: Int, room: Int) {
        self.threads = max(1, threads)
        self.room = max(0, room)
    }

    /// - Throws: what `work` throws, or `busy` when too many wait already.
    func compute<Result: Sendable>(
        _ work: @escaping @Sendable () throws(PasswordError) -> Result
    ) async throws(PasswordError) -> Result {
        let began = ContinuousClock.now
        let result: Swift.Result<Result, PasswordError>? = await withCheckedContinuation { continuation in
            let isTaken = take {
                continuation.resume(returning: Swift.Result { () throws(PasswordError) in try work() })
            }
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let result else {
            refused.increment()
            // Whoever waits now is done by then.
            throw .busy(retryAfter: .seconds(1))
        }
        computed.increment()
        let (seconds, attoseconds) = (ContinuousClock.now - began).components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        return try result.get()
    }

    /// How many wait for a thread.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// - Returns: false when there is no room for it.
    private func take(_ work: @escaping Work) -> Bool {
        enum Place { case thread, queue, none }
        let place: Place = state.withLock { state in
            if state.threads < threads {
                state.threads += 1
                return .thread
            }
            guard state.waiting.count < room else { return .none }
            state.waiting.append(work)
            return .queue
        }
        if place == .thread {
            let thread = Thread { [self] in run(work) }
            thread.start()
            thread.name = "password-hash"  // on Linux a name given before the start is lost
        }
        return place != .none
    }

    private func run(_ first: @escaping Work) {
        // Of this thread only, on Linux: whoever floods us with log-ins slows down log-ins.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness + Self.courtesy)
        var next: Work? = first
        while let work = next {
            work()
            next = state.withLock { state in
                if state.waiting.isEmpty { state.threads -= 1 }
                return state.waiting.popFirst()
            }
        }
    }

    static let courtesy: Int32 = 5

    /// Of this thread.
    static var niceness: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
}
