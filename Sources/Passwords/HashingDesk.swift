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
        let result = await withCheckedContinuation { continuation in
            let isTaken = take {
                continuation.resume(returning: Swift.Result { () throws(PasswordError) in try work() })
            }
            // Each takes some 30 ms; a second later at most those wait who came meanwhile.
            if !isTaken { continuation.resume(returning: .failure(.busy(retryAfter: .seconds(1)))) }
        }
        if result == nil {}
        return try result.get()
    }
}
