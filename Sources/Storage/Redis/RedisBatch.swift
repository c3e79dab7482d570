/// One call on its way: its commands, the answers so far, and whoever waits for them.
final class RedisBatch {
    let commands: [RedisCommand]
    let calledAt: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    private var replies: [RedisReply]
    private var missing: Int
    private var caller: CheckedContinuation<Result<[RedisReply], StorageError>, Never>?

    init(
        _ commands: [RedisCommand], calledAt: ContinuousClock.Instant, deadline: ContinuousClock.Instant,
        caller: CheckedContinuation<Result<[RedisReply], StorageError>, Never>
    ) {
        self.commands = commands
        self.calledAt = calledAt
        self.deadline = deadline
        self.caller = caller
        replies = Array(repeating: .null, count: commands.count)
        missing = commands.count
    }

    /// - Returns: whether that was the last answer missing; the caller has them all then.
    func answer(_ reply: RedisReply, at index: Int) -> Bool {
        replies[index] = reply
        missing -= 1
        guard missing == 0 else { return false }
        end(.success(replies))
        return true
    }

    /// - Returns: whether it was still waited for.
    func fail(_ error: StorageError) -> Bool { end(.failure(error)) }

    @discardableResult
    private func end(_ result: Result<[RedisReply], StorageError>) -> Bool {
        guard let caller else { return false }
        self.caller = nil
        caller.resume(returning: result)
        return true
    }
}

/// What the next answer on the connection belongs to.
struct ExpectedReply {
    enum Purpose {
        /// A step of the login; `isLast` for the one after which commands may be sent.
        case login(RedisLogin.Condition, isLast: Bool)
        /// The loading of a script that Redis had forgotten.
        case scriptLoad
        case command(RedisBatch, index: Int, isRepetition: Bool)
    }

    let purpose: Purpose
    let deadline: ContinuousClock.Instant
}
