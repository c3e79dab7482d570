import DequeModule
import ServiceRuntime

/// The queue of dead letters, looked through once, from end to end.
///
/// What is looked at is held, not taken: it goes back when this is closed or its process dies, except for what was discarded. While one
/// looks, others see only what has come since. The order may change; the broker counts a delivery more, which has no consequence
/// in a queue without a limit.
package actor RabbitMQDeadLetters {
    /// RabbitMQ 3.10 gives one consumer no more than this at a time, so it takes several to hold everything.
    private static let messagesPerConsumer = 2000
    /// What may lie here unread, so that a long queue fits a small machine.
    private static let inboxCapacity = (messages: 1000, bytes: 16 << 20)
    private static let patience = Duration.seconds(5)

    private let thread = ConnectionThread(name: "rabbitmq-dead")
    private let configuration: RabbitMQConfiguration
    private let topology: RabbitMQTopology
    private var context: RabbitMQContext?
    private var inbox = Deque<(message: RabbitMQMessage, tag: UInt64)>()
    private var inboxByteCount = 0
    private var held = TagWindow<Void>()
    private var delivered = 0
    private var consumers: [String] = []
    private var failure: MessagingError?
    /// How many there were at the beginning.
    private var total = 0
    private var handedOut = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init(_ configuration: RabbitMQConfiguration) {
        self.configuration = configuration
        topology = RabbitMQTopology(configuration)
    }

    isolated deinit {
        context = nil
        thread.stop()
    }

    /// Connects.
    ///
    /// - Returns: how many dead letters there are.
    package func open() throws(MessagingError) -> Int {
        let context = try RabbitMQContext.connect(configuration, as: .inspector, watchdog: SocketWatchdog(look: {}))
        total = try context.messageCount(of: topology.deadQueue)
        self.context = consume context
        // Heartbeats go on while the caller thinks.
        thread.start { [weak self] in self?.assumeIsolated { $0.turn() } ?? ConnectionThread.Wait() }
        return total
    }

    /// The next ones, in no order; none once all that there were at the beginning have been handed out.
    package func next(atMost limit: Int = 256) throws(MessagingError) -> [DeadLetter] {
        var quietSince = ContinuousClock.now
        while inbox.isEmpty, handedOut < total {
            if let failure { throw failure }
            try consumeMore()
            let before = delivered
            try pump(waiting: .milliseconds(200))
            if delivered > before { quietSince = .now }
            guard .now - quietSince < Self.patience else {
                throw MessagingError(
                    .timedOut, "RabbitMQ delivered \(handedOut) of \(total) dead letters; does somebody else look at the rest?")
            }
        }
        var letters: [DeadLetter] = []
        while letters.count < limit, handedOut < total, let (message, tag) = inbox.popFirst() {
            inboxByteCount -= message.body.count
            handedOut += 1
            letters.append(DeadLetter(message, tag: tag, in: topology))
        }
        return letters
    }

    /// Has the broker forget the letters of these tags.
    package func discard(_ tags: [UInt64]) throws(MessagingError) {
        if let failure { throw failure }
        for tag in tags where held.remove(tag) != nil { try context?.acknowledge(tag, isMultiple: false) }
    }

    /// Gives everything back that was not discarded, and leaves once the broker shows it to others again.
    package func close() throws(MessagingError) {
        defer { context = nil }
        for consumer in consumers { try context?.cancel(consumer: consumer) }
        // What was on its way when the consumers ended is here now.
        try pump(waiting: .zero)
        inbox = []
        let returned = held.count
        if returned > 0 { try context?.putBackAll() }
        let deadline = ContinuousClock.now + Self.patience
        while try context?.messageCount(of: topology.deadQueue) ?? returned < returned, ContinuousClock.now < deadline {
            try pump(waiting: .milliseconds(10))
        }
        context?.close(patience: .seconds(2))
    }

    private func consumeMore() throws(MessagingError) {
        guard consumers.count * Self.messagesPerConsumer <= delivered else { return }
        let name = "dead-\(consumers.count)"
        try context?.limitPrefetch(to: Self.messagesPerConsumer)
        try context?.consume(from: topology.deadQueue, as: name)
        consumers.append(name)
    }

    private var hasRoom: Bool {
        inbox.count < Self.inboxCapacity.messages && inboxByteCount < Self.inboxCapacity.bytes
    }

    private func pump(waiting limit: Duration) throws(MessagingError) {
        try context?.pump(waiting: limit, while: { hasRoom }) { event throws(MessagingError) in
            guard case .delivery(let message, let tag, _) = event else {
                if case .consumerCancelled = event {
                    throw MessagingError(.topologyMismatch, "the queue of dead letters is gone")
                }
                return
            }
            guard held.append(()) == tag else { throw MessagingError(.disconnected, "deliveries out of order") }
            delivered += 1
            inbox.append((message, tag))
            inboxByteCount += message.body.count
        }
    }

    private func turn() -> ConnectionThread.Wait {
        let deadline = ContinuousClock.now + configuration.heartbeat / 4
        guard context != nil, failure == nil else { return ConnectionThread.Wait() }
        guard hasRoom else { return ConnectionThread.Wait(deadline: deadline) }
        do throws(MessagingError) { try pump(waiting: .zero) } catch { failure = error }
        return ConnectionThread.Wait(descriptor: context?.descriptor, deadline: deadline)
    }
}
