import Jobs
import Logging
import Metrics
import ServiceRuntime

/// The connection that jobs are delivered on and settled through.
///
/// Its thread does nothing else, so heartbeats go on however long a job computes.
actor RabbitMQConsumer {
    private static let closePatience = Duration.seconds(10)

    private let thread = ConnectionThread(name: "rabbitmq-sub")
    private let configuration: RabbitMQConfiguration
    private let topology: RabbitMQTopology
    private let metrics: [String: QueueMetrics]
    private let logger: Logger
    nonisolated let buffer: DeliveryBuffer
    private let closed = Completion()
    private let watchdog = SocketWatchdog(look: {})
    private var context: RabbitMQContext?
    private var redial: Redial
    /// Counts connections: a settlement is for the one that delivered.
    private var generation = 0
    /// Delivered and not settled.
    private var unsettled = TagWindow<Void>()
    /// Delivered and no jobs; settled once the pump is done.
    private var undecodable: [(tag: UInt64, isDead: Bool)] = []
    private var stop = Stop.no

    private enum Stop { case no, asked, cancelled, closing }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ configuration: RabbitMQConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        topology = RabbitMQTopology(configuration)
        metrics = Dictionary(uniqueKeysWithValues: topology.consumedQueues.map { ($0, QueueMetrics(queue: $0)) })
        buffer = DeliveryBuffer()
        redial = Redial(configuration, as: .consumer, logger: logger)
        thread.start { [weak self] in
            self?.assumeIsolated { $0.turn() } ?? ConnectionThread.Wait()
        }
    }

    isolated deinit {
        context = nil
        thread.stop()
    }

    /// What is on its way is still delivered: the broker would count its return as a failed attempt.
    nonisolated func beginStopping() {
        Task { await cancelConsumers() }
    }

    /// Sends the settlements that are left and leaves; a few seconds at most.
    nonisolated func close() async {
        buffer.stop()
        let patience = Task {
            try? await Task.sleep(for: Self.closePatience)
            closed.finish()
        }
        Task { await beginClosing() }
        await closed.wait()
        patience.cancel()
        buffer.disconnected()
    }

    private func cancelConsumers() {
        if stop == .no { stop = .asked }
    }

    private func beginClosing() { stop = .closing }

    // MARK: - On the thread

    private func turn() -> ConnectionThread.Wait {
        guard !closed.isDone else { return ConnectionThread.Wait() }
        if context == nil, stop == .no { dial() }
        do throws(MessagingError) {
            try pump()
            try sendSettlements()
            try goOnStopping()
            try pump()
        } catch {
            lose(error)
        }
        guard let descriptor = context?.descriptor else {
            return ConnectionThread.Wait(deadline: stop == .no ? redial.at : nil)
        }
        return ConnectionThread.Wait(descriptor: descriptor, deadline: .now + min(.seconds(2), configuration.heartbeat / 4))
    }

    private func dial() {
        guard redial.at <= .now else { return }
        thread.beginBlocking(atMost: .seconds(120))  // a name server and some answers of the broker, each with a limit
        do throws(MessagingError) {
            var context = try RabbitMQContext.connect(configuration, as: .consumer, watchdog: watchdog)
            try context.prepare(topology, declares: configuration.declares)
            try context.limitPrefetch(to: configuration.prefetch)
            for queue in topology.consumedQueues { try context.consume(from: queue) }
            context.settle()
            generation += 1
            unsettled = TagWindow()
            self.context = consume context
            buffer.connected()
            redial.connected()
        } catch {
            redial.failed(error)
            if error.code == .accessRefused || error.code == .topologyMismatch { buffer.fail(error) }
        }
    }

    private func pump() throws(MessagingError) {
        defer { buffer.flush() }
        try context?.pump { event throws(MessagingError) in try handle(event) }
    }

    private func handle(_ event: RabbitMQEvent) throws(MessagingError) {
        switch event {
        case .delivery(let message, let tag, let consumer):
            guard unsettled.append(()) == tag else { throw MessagingError(.disconnected, "deliveries out of order") }
            metrics[consumer]?.deliveries.increment()
            try deliver(message, tag: tag, from: consumer)
        case .consumerCancelled(let consumer):
            throw MessagingError(.disconnected, "the broker cancelled the consumer of \(consumer)")
        case .returned, .confirm, .blocked, .unblocked: break
        }
    }

    private func deliver(_ message: RabbitMQMessage, tag: UInt64, from queue: String) throws(MessagingError) {
        let isDead = queue == topology.obituaryQueue
        let jobs: [Job]
        do throws(MessagingError) { jobs = try Self.jobs(in: message) } catch {
            // It was told of when it was no job in its work queue.
            if !isDead { discarded(message, from: queue, error) }
            undecodable.append((tag, isDead))
            return
        }
        let generation = generation
        let settlement = SharedSettlement(of: jobs.count) { [weak self] settlement in
            self?.settle(DeliveryBuffer.Settled(generation: generation, tag: tag, settlement: settlement))
        }
        for job in jobs {
            let death = isDead ? JobDeath(of: job, message.death, in: topology) : nil
            // What nobody takes stays unsettled, and goes to another worker when we leave.
            buffer.offer(
                JobDelivery(job: job, redeliveries: message.redeliveries, death: death) { settlement.settle(as: $0) })
        }
    }

    private func discarded(_ message: RabbitMQMessage, from queue: String, _ error: MessagingError) {
        logger.error(
            "Discarded a message that is no job",
            metadata: [LogKey.queue: "\(queue)", LogKey.byteCount: "\(message.byteCount)", LogKey.error: "\(error)"])
        metrics[queue]?.undecodable.increment()
    }

    private static func jobs(in message: RabbitMQMessage) throws(MessagingError) -> [Job] {
        guard message.byteCount <= JobCoding.maximumByteCount else {
            throw MessagingError(.malformed, "longer than any job")
        }
        return try JobCoding.decodeAll(message.body)
    }

    private nonisolated func settle(_ settled: DeliveryBuffer.Settled) {
        if buffer.settle(settled) { thread.wake() }
    }

    /// Rejects go one by one; acknowledgements of everything up to a delivery go as one.
    private func sendSettlements() throws(MessagingError) {
        let settled = buffer.takeSettled().filter { $0.generation == generation }
        guard context != nil else { return }
        for (tag, isDead) in undecodable where !isDead && unsettled.remove(tag) != nil {
            try context?.reject(tag, requeue: false)
        }
        var acknowledged = undecodable.filter(\.isDead).map(\.tag)
        undecodable = []
        for settled in settled {
            switch settled.settlement {
            case .acknowledge: acknowledged.append(settled.tag)
            case .requeue, .discard:
                guard unsettled.remove(settled.tag) != nil else { continue }
                try context?.reject(settled.tag, requeue: settled.settlement == .requeue)
            }
        }
        try acknowledge(acknowledged.sorted())
    }

    private func acknowledge(_ tags: [UInt64]) throws(MessagingError) {
        var rest = tags[...]
        var last: UInt64?
        var count = 0
        while let tag = rest.first, tag == unsettled.firstTag {
            _ = unsettled.remove(tag)
            rest = rest.dropFirst()
            last = tag
            count += 1
        }
        if let last { try context?.acknowledge(last, isMultiple: count > 1) }
        for tag in rest where unsettled.remove(tag) != nil { try context?.acknowledge(tag, isMultiple: false) }
    }

    private func goOnStopping() throws(MessagingError) {
        switch stop {
        case .no, .cancelled: break
        case .asked:
            stop = .cancelled
            defer { buffer.stop() }
            for queue in topology.consumedQueues { try context?.cancel(consumer: queue) }
            try pump()
        case .closing:
            context?.close(patience: .seconds(2))
            context = nil
            closed.finish()
        }
    }

    private func lose(_ error: MessagingError) {
        context = nil
        undecodable = []
        buffer.disconnected()
        redial.lost(error)
    }
}
