import CRabbitMQ
import ServiceRuntime

/// What a broker says of itself, and how much of the topology it has; for people who look for what is wrong.
package struct RabbitMQServerInfo: Sendable {
    package struct Queue: Sendable {
        package let name: String
        package let messageCount: Int
        package let consumerCount: Int
    }

    /// "RabbitMQ".
    package let product: String
    package let version: String
    package let queues: [Queue]
    /// What is not there of our exchanges and queues: "queue ratings.apply".
    package let missing: [String]

    /// Asks over a connection of its own, and changes nothing.
    package static func read(from configuration: RabbitMQConfiguration) async throws(MessagingError) -> RabbitMQServerInfo {
        try await RabbitMQInspector().inspect(configuration)
    }
}

private actor RabbitMQInspector {
    private let thread = ConnectionThread(name: "rabbitmq-look")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    isolated deinit { thread.stop() }

    func inspect(_ configuration: RabbitMQConfiguration) throws(MessagingError) -> RabbitMQServerInfo {
        var context = try RabbitMQContext.connect(configuration, as: .inspector, watchdog: SocketWatchdog(look: {}))
        let server = context.serverProperties
        let (queues, missing) = try context.survey(RabbitMQTopology(configuration))
        context.close(patience: .seconds(2))
        return RabbitMQServerInfo(
            product: server.product, version: server.version,
            queues: queues.map { .init(name: $0.name, messageCount: $0.counts.messages, consumerCount: $0.counts.consumers) },
            missing: missing)
    }
}

extension RabbitMQContext {
    fileprivate var serverProperties: (product: String, version: String) {
        let properties = amqp_get_server_properties(state)?.pointee
        return (properties?["product"]?.text ?? "unknown", properties?["version"]?.text ?? "unknown")
    }
}
