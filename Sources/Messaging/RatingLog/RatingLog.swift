package import Logging

/// Everything that was said about items in the last days, in the order in which the broker took it, to be read as often as one likes.
///
/// It is an endless sequence of batches: whoever reads it waits at its end for what comes next. A lost connection is dialled again, and
/// the reading goes on with the entry after the last one. What does not mend itself (access refused, no such stream) is thrown.
///
/// An entry may be in it although its gateway said that it was refused: such an answer leaves open what became of a rating.
package struct RatingLog: AsyncSequence, Sendable {
    package typealias Element = [RatingLogEntry]

    private let configuration: RabbitMQConfiguration
    private let start: RatingLogStart
    private let logger: Logger

    /// - Parameter start: where every iteration begins.
    package init(_ configuration: RabbitMQConfiguration, from start: RatingLogStart, logger: Logger) {
        self.configuration = configuration
        self.start = start
        self.logger = logger
    }

    /// The newest entry; nil when the stream has none. Over a connection of its own.
    package static func lastEntry(in configuration: RabbitMQConfiguration) async throws(MessagingError) -> RatingLogEntry? {
        try await RatingLogProbe().lastEntry(configuration)
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(reader: RatingLogReader(configuration, from: start, logger: logger))
    }

    package struct Iterator: AsyncIteratorProtocol, Sendable {
        private let reader: RatingLogReader

        fileprivate init(reader: RatingLogReader) {
            self.reader = reader
        }

        /// All that came since the last call, one entry at least; nil once the task is cancelled.
        package mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(MessagingError) -> [RatingLogEntry]? {
            try await reader.next()
        }

        package mutating func next() async throws(MessagingError) -> [RatingLogEntry]? { try await reader.next() }
    }
}
