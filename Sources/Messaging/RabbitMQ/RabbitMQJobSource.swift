package import Logging

/// The work queues in RabbitMQ, as one worker sees them.
///
/// It connects when it is made, and again whenever the connection is lost, while `next()` waits.
package struct RabbitMQJobSource: JobSource {
    private let consumer: RabbitMQConsumer

    package init(_ configuration: RabbitMQConfiguration, logger: Logger) {
        consumer = RabbitMQConsumer(configuration, logger: logger)
    }

    package var isConnected: Bool { consumer.buffer.isConnected }

    /// Also none when the caller's task is cancelled.
    package func next() async throws(MessagingError) -> [JobDelivery] { try await consumer.buffer.next().get() }

    package func stop() async { consumer.beginStopping() }

    package func close() async { await consumer.close() }
}
