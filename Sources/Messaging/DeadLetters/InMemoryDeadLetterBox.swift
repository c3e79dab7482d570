import Synchronization

/// Dead letters in this process' memory, for tests.
package final class InMemoryDeadLetterBox: DeadLetterBox {
    private let kept: Mutex<[DeadLetter]>

    package init(_ letters: [DeadLetter] = []) {
        kept = Mutex(letters)
    }

    package func letters(atMost limit: Int) async throws(MessagingError) -> (letters: [DeadLetter], total: Int) {
        kept.withLock { (Array($0.prefix(limit)), $0.count) }
    }

    package func take<Result: Sendable>(
        _ id: String, _ settle: @Sendable (DeadLetter) async throws -> Result
    ) async throws -> Result? {
        guard let letter = kept.withLock({ $0.first { $0.isCalled(id) } }) else { return nil }
        let result = try await settle(letter)
        kept.withLock { $0.removeAll { $0.id == letter.id } }
        return result
    }
}
