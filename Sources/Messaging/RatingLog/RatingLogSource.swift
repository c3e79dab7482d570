package import Logging

/// The stream of ratings, to those who follow it for as long as they run.
package protocol RatingLogSource: Sendable {
    /// Begins to read.
    func feed(from start: RatingLogStart) -> any RatingLogFeed

    /// The place of the newest entry; nil when there is none. It may take seconds to find out.
    func lastOffset() async throws(MessagingError) -> Int?
}

/// One reading of the stream.
package protocol RatingLogFeed: Sendable {
    /// All that came since the last call, one entry at least; nil once the task is cancelled.
    ///
    /// A lost broker is waited for. What waiting alone does not mend (access refused, no such stream) is thrown, once for each attempt
    /// to connect; the attempts go on, as somebody may mend it.
    func next() async throws(MessagingError) -> [RatingLogEntry]?

    /// Why nothing can come at present; nil when it can.
    var trouble: MessagingError? { get }
}

/// The stream in RabbitMQ. Each feed has a connection of its own.
package struct RabbitMQRatingLog: RatingLogSource {
    private let configuration: RabbitMQConfiguration
    private let logger: Logger

    package init(_ configuration: RabbitMQConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    package func feed(from start: RatingLogStart) -> any RatingLogFeed {
        RatingLogReader(configuration, from: start, logger: logger)
    }

    package func lastOffset() async throws(MessagingError) -> Int? { try await RatingLog.lastEntry(in: configuration)?.offset }
}
