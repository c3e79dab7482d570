/// Where the messages lie that nobody could do.
package protocol DeadLetterBox: Sendable {
    /// Some of them, in no order, and how many there are.
    func letters(atMost limit: Int) async throws(MessagingError) -> (letters: [DeadLetter], total: Int)

    /// Hands a letter to `settle`, and forgets it once that returns; if it throws, the letter stays.
    ///
    /// - Parameter id: the letter's, or that of any job in it.
    /// - Returns: nil when there is no such letter.
    func take<Result: Sendable>(
        _ id: String, _ settle: @Sendable (DeadLetter) async throws -> Result
    ) async throws -> Result?
}
