/// The queue of dead letters, looked into over a connection of its own each time: nobody does that often.
///
/// Two who look at once see each but a part, and one of them may be told to try again.
package struct RabbitMQDeadLetterBox: DeadLetterBox {
    private let configuration: RabbitMQConfiguration

    package init(_ configuration: RabbitMQConfiguration) {
        self.configuration = configuration
    }

    package func letters(atMost limit: Int) async throws(MessagingError) -> (letters: [DeadLetter], total: Int) {
        let queue = RabbitMQDeadLetters(configuration)
        do throws(MessagingError) {
            let total = try await queue.open()
            var letters: [DeadLetter] = []
            while letters.count < limit {
                let batch = try await queue.next(atMost: limit - letters.count)
                if batch.isEmpty { break }
                letters += batch
            }
            try await queue.close()
            return (letters, total)
        } catch {
            try? await queue.close()
            throw error
        }
    }

    package func take<Result: Sendable>(
        _ id: String, _ settle: @Sendable (DeadLetter) async throws -> Result
    ) async throws -> Result? {
        let queue = RabbitMQDeadLetters(configuration)
        do {
            var result: Result?
            _ = try await queue.open()
            while result == nil {
                let batch = try await queue.next()
                if batch.isEmpty { break }
                guard let letter = batch.first(where: { $0.isCalled(id) }) else { continue }
                result = try await settle(letter)
                try await queue.discard([letter.tag])
            }
            try await queue.close()
            return result
        } catch {
            // What is held goes back, now if the broker answers, else when it sees that we are gone.
            try? await queue.close()
            throw error
        }
    }
}
