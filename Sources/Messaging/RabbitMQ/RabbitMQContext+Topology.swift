import CRabbitMQ

/// How full a queue is and who reads from it.
struct QueueCounts {
    let messages: Int
    let consumers: Int
}

extension RabbitMQContext {
    /// Declares the topology, or only checks that its exchanges and queues are there, as the configuration wants it.
    mutating func prepare(_ topology: RabbitMQTopology, declares: Bool) throws(MessagingError) {
        if declares { try declare(topology) } else { try check(topology) }
    }

    private func declare(_ topology: RabbitMQTopology) throws(MessagingError) {
        do throws(MessagingError) {
            for exchange in topology.exchanges { try declare(exchange, passively: false) }
            for queue in topology.queues { _ = try declare(queue, passively: false) }
            for binding in topology.bindings { try bind(binding) }
        } catch {
            guard error.code == .topologyMismatch else { throw error }
            throw MessagingError(
                .topologyMismatch,
                """
                the broker has an exchange or queue with other arguments than ours; delete it once it is empty, or set them as it has \
                them (\(error.message))
                """)
        }
    }

    private mutating func check(_ topology: RabbitMQTopology) throws(MessagingError) {
        let missing = try survey(topology).missing
        guard missing.isEmpty else {
            throw MessagingError(
                .topologyMismatch,
                """
                the broker has no \(missing.joined(separator: ", no ")); import its definitions, or let a user with permission to \
                configure declare them (RABBITMQ_DECLARE=true)
                """)
        }
    }

    /// What there is of a topology, queue by queue, and what there is not.
    mutating func survey(
        _ topology: RabbitMQTopology
    ) throws(MessagingError) -> (queues: [(name: String, counts: QueueCounts)], missing: [String]) {
        var queues: [(name: String, counts: QueueCounts)] = []
        var missing: [String] = []
        for exchange in topology.exchanges {
            let isThere: Void? = try unlessMissing { context throws(MessagingError) in
                try context.declare(exchange, passively: true)
            }
            if isThere == nil { missing.append("exchange \(exchange.name)") }
        }
        for queue in topology.queues {
            let counts = try unlessMissing { context throws(MessagingError) in
                try context.declare(queue, passively: true)
            }
            if let counts { queues.append((queue.name, counts)) } else { missing.append("queue \(queue.name)") }
        }
        return (queues, missing)
    }

    /// The broker answers a question for what is missing by closing the channel.
    private mutating func unlessMissing<Value>(
        _ question: (borrowing RabbitMQContext) throws(MessagingError) -> Value
    ) throws(MessagingError) -> Value? {
        do throws(MessagingError) { return try question(self) } catch {
            guard error.code == .topologyMismatch else { throw error }
            try reopenChannel()
            return nil
        }
    }

    /// How many messages nobody holds. A queue that is missing is an error.
    func messageCount(of queue: String) throws(MessagingError) -> Int {
        try declare(RabbitMQTopology.Queue(name: queue, arguments: []), passively: true).messages
    }

    private func declare(_ exchange: RabbitMQTopology.Exchange, passively: Bool) throws(MessagingError) {
        _ = withBytes(exchange.name, exchange.type) { name, type in
            watched { amqp_exchange_declare(state, channel, name, type, passively ? 1 : 0, 1, 0, 0, amqp_empty_table) }
        }
        try checkReply(to: "exchange.declare \(exchange.name)")
    }

    private func declare(_ queue: RabbitMQTopology.Queue, passively: Bool) throws(MessagingError) -> QueueCounts {
        let answer = withTable(passively ? [] : queue.arguments) { arguments in
            withBytes(queue.name) { name in
                watched { amqp_queue_declare(state, channel, name, passively ? 1 : 0, 1, 0, 0, arguments) }
            }
        }
        try checkReply(to: "queue.declare \(queue.name)")
        guard let fields = answer?.pointee else { throw MessagingError(.disconnected, "queue.declare without an answer") }
        return QueueCounts(messages: Int(fields.message_count), consumers: Int(fields.consumer_count))
    }

    private func bind(_ binding: RabbitMQTopology.Binding) throws(MessagingError) {
        _ = withBytes(binding.queue) { queue in
            withBytes(binding.exchange, binding.routingKey) { exchange, routingKey in
                watched { amqp_queue_bind(state, channel, queue, exchange, routingKey, amqp_empty_table) }
            }
        }
        try checkReply(to: "queue.bind \(binding.queue)")
    }
}
