import Messaging
import ServiceRuntime

/// One look through all dead letters.
struct DeadLetterScan {
    let configuration: RabbitMQConfiguration
    let filter: DeadLetterFilter
    /// No more than so many are taken up; nil for any number.
    let limit: Int?

    struct Summary {
        /// How many there were.
        var total = 0
        var scanned = 0
        var matched = 0
    }

    /// Hands the letters that match to `handle`, batch by batch, together with the queue, in which it may discard them.
    func run(
        _ handle: ([DeadLetter], RabbitMQDeadLetters) async throws -> Void,
        atEnd: (RabbitMQDeadLetters) async throws -> Void = { _ in }
    ) async throws -> Summary {
        let letters = RabbitMQDeadLetters(configuration)
        do {
            var summary = Summary(total: try await letters.open())
            while summary.matched < limit ?? .max {
                let batch = try await letters.next()
                if batch.isEmpty { break }
                summary.scanned += batch.count
                let matching = batch.filter(filter.matches).prefix((limit ?? .max) - summary.matched)
                summary.matched += matching.count
                if !matching.isEmpty { try await handle(Array(matching), letters) }
            }
            try await atEnd(letters)
            try await letters.close()
            return summary
        } catch {
            // Whatever went wrong: what is held goes back, now if the broker answers, else when it sees that we are gone.
            try? await letters.close()
            guard let error = error as? MessagingError else { throw error }
            throw CommandFailure(error, at: configuration)
        }
    }
}

extension CommandFailure {
    init(_ error: MessagingError, at configuration: RabbitMQConfiguration) {
        let check = RabbitMQChecks.unreachable(error, address: "\(configuration.host):\(configuration.port)")
        self.init(.failure, "RabbitMQ at \(check.detail)", advice: check.advice)
    }
}

extension Settings {
    /// The broker of the services. The command line declares nothing: it has no queues of its own.
    static func rabbitMQ() throws(CommandFailure) -> RabbitMQConfiguration {
        do {
            var configuration = try RabbitMQConfiguration(reading: environment)
            configuration.declares = false
            configuration.name = "kindred-cli"
            return configuration
        } catch {
            throw CommandFailure(error)
        }
    }
}
