import ServiceRuntime

/// Looks where the stream ends. AMQP has no question for that: what comes of the last piece until nothing more comes is the answer.
actor RatingLogProbe {
    private static let patience = (first: Duration.seconds(3), next: Duration.milliseconds(500), all: Duration.seconds(10))

    private let thread = ConnectionThread(name: "rabbitmq-end")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    isolated deinit { thread.stop() }

    func lastEntry(_ configuration: RabbitMQConfiguration) throws(MessagingError) -> RatingLogEntry? {
        var context = try RabbitMQContext.connect(configuration, as: .reader, watchdog: SocketWatchdog(look: {}))
        try context.limitPrefetch(to: 1000)
        try context.consume(
            from: RabbitMQTopology(configuration).logQueue, arguments: [("x-stream-offset", RatingLogStart.lastPiece.argument)])
        let began = ContinuousClock.now
        var quietSince = began
        var last: (offset: Int, message: RabbitMQMessage, tag: UInt64)?
        while .now - quietSince < (last == nil ? Self.patience.first : Self.patience.next), .now - began < Self.patience.all {
            let before = last?.tag
            try context.pump(waiting: .milliseconds(50)) { event throws(MessagingError) in
                guard case .delivery(let message, let tag, _) = event, let offset = message.streamOffset else { return }
                last = (offset, message, tag)
            }
            guard let tag = last?.tag, tag != before else { continue }
            try context.acknowledge(tag, isMultiple: true)
            quietSince = .now
        }
        context.close(patience: .seconds(2))
        return last.flatMap { RatingLogEntry.all(in: $0.message, offset: $0.offset).last }
    }
}
