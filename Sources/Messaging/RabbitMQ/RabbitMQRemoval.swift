import CRabbitMQ
import ServiceRuntime

/// Deletes exchanges and queues with everything in them: for tests, which each have a prefix of their own.
package enum RabbitMQRemoval {
    /// - Parameter queue: the name of the one queue to delete; everything goes when nil.
    package static func delete(
        _ queue: String? = nil, of configuration: RabbitMQConfiguration
    ) async throws(MessagingError) {
        guard !configuration.prefix.isEmpty else {
            throw MessagingError(.topologyMismatch, "nothing is deleted without a prefix")
        }
        try await Remover().delete(queue, of: configuration)
    }
}

private actor Remover {
    private let thread = ConnectionThread(name: "rabbitmq-del")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    isolated deinit { thread.stop() }

    func delete(_ queue: String?, of configuration: RabbitMQConfiguration) throws(MessagingError) {
        let context = try RabbitMQContext.connect(configuration, as: .inspector, watchdog: SocketWatchdog(look: {}))
        let topology = RabbitMQTopology(configuration)
        for name in topology.queues.map(\.name) where queue.map({ configuration.prefix + $0 == name }) ?? true {
            _ = withBytes(name) { name in context.watched { amqp_queue_delete(context.state, context.channel, name, 0, 0) } }
            try context.checkReply(to: "queue.delete \(name)")
        }
        for exchange in topology.exchanges where queue == nil {
            _ = withBytes(exchange.name) { name in
                context.watched { amqp_exchange_delete(context.state, context.channel, name, 0) }
            }
            try context.checkReply(to: "exchange.delete \(exchange.name)")
        }
        context.close(patience: .seconds(2))
    }
}
