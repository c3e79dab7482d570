import Metrics

/// What we count about Redis, by name.
enum RedisMetrics {
    enum Outcome: String, CaseIterable {
        case succeeded
        case failed
    }

    /// Commands answered or given up, by what came of them: "succeeded", or the code of the error.
    static func commands(_ outcome: String) -> Counter {
        Counter(label: "kindred_redis_commands_total", dimensions: [("outcome", outcome)])
    }

    /// From the call to its answer.
    static func commandDuration() -> Timer { Timer(label: "kindred_redis_command_duration_seconds") }

    static func connects(_ outcome: Outcome) -> Counter {
        Counter(label: "kindred_redis_connects_total", dimensions: [("outcome", outcome.rawValue)])
    }
}

/// The metric objects of one connection, each made once.
struct RedisMeters {
    private let succeeded = RedisMetrics.commands(RedisMetrics.Outcome.succeeded.rawValue)
    private let failed = Dictionary(
        uniqueKeysWithValues: StorageError.Code.allCases.map { ($0, RedisMetrics.commands($0.rawValue)) })
    private let duration = RedisMetrics.commandDuration()
    private let connected = RedisMetrics.connects(.succeeded)
    private let notConnected = RedisMetrics.connects(.failed)

    func dialled(_ outcome: RedisMetrics.Outcome) {
        switch outcome {
        case .succeeded: connected.increment()
        case .failed: notConnected.increment()
        }
    }

    func answered(after time: Duration) {
        succeeded.increment()
        record(time)
    }

    func refused(_ error: StorageError, after time: Duration) {
        failed[error.code]?.increment()
        record(time)
    }

    func givenUp(_ error: StorageError, commands: Int) {
        failed[error.code]?.increment(by: commands)
    }

    private func record(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
