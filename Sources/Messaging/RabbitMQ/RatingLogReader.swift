import Logging
import ServiceRuntime
import Synchronization

/// The connection that one reader of the stream has.
actor RatingLogReader: RatingLogFeed {
    /// How many entries may be on their way or lie here unread.
    private static let prefetch = 1000

    private let thread = ConnectionThread(name: "rabbitmq-log")
    private let configuration: RabbitMQConfiguration
    private let topology: RabbitMQTopology
    private let start: RatingLogStart
    private let buffer = RatingLogBuffer()
    private let watchdog = SocketWatchdog(look: {})
    private let currentTrouble = Mutex<MessagingError?>(MessagingError(.disconnected, "there was no connection yet"))
    private var context: RabbitMQContext?
    private var redial: Redial
    /// The last entry that came, on any connection.
    private var lastOffset: Int?
    /// On this connection: what came, and what was acknowledged.
    private var lastTag: UInt64 = 0
    private var acknowledgedTag: UInt64 = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ configuration: RabbitMQConfiguration, from start: RatingLogStart, logger: Logger) {
        self.configuration = configuration
        self.start = start
        topology = RabbitMQTopology(configuration)
        redial = Redial(configuration, as: .reader, logger: logger)
        thread.start { [weak self] in self?.assumeIsolated { $0.turn() } ?? ConnectionThread.Wait() }
    }

    isolated deinit {
        context = nil
        thread.stop()
    }

    nonisolated func next() async throws(MessagingError) -> [RatingLogEntry]? {
        // What was handed out before has been dealt with: there is room for more.
        thread.wake()
        return try await buffer.next().get()
    }

    nonisolated var trouble: MessagingError? { currentTrouble.withLock { $0 } }

    // MARK: - On the thread

    private func turn() -> ConnectionThread.Wait {
        if context == nil { dial() }
        do throws(MessagingError) {
            try read()
            try acknowledge()
        } catch {
            context = nil
            currentTrouble.withLock { $0 = error }
            redial.lost(error)
        }
        guard let descriptor = context?.descriptor else { return ConnectionThread.Wait(deadline: redial.at) }
        return ConnectionThread.Wait(descriptor: descriptor, deadline: .now + min(.seconds(2), configuration.heartbeat / 4))
    }

    private func dial() {
        guard redial.at <= .now else { return }
        do throws(MessagingError) {
            let context = try RabbitMQContext.connect(configuration, as: .reader, watchdog: watchdog)
            try context.limitPrefetch(to: Self.prefetch)
            let place = lastOffset.map { RatingLogStart.offset($0 + 1) } ?? start
            try context.consume(from: topology.logQueue, arguments: [("x-stream-offset", place.argument)])
            context.settle()
            (lastTag, acknowledgedTag) = (0, 0)
            self.context = consume context
            currentTrouble.withLock { $0 = nil }
            redial.connected()
        } catch {
            currentTrouble.withLock { $0 = error }
            redial.failed(error)
            if error.code.needsPerson { buffer.fail(error) }
        }
    }

    private func read() throws(MessagingError) {
        var entries: [RatingLogEntry] = []
        defer { buffer.offer(entries) }
        try context?.pump { event throws(MessagingError) in
            switch event {
            case .delivery(let message, let tag, _):
                guard let offset = message.streamOffset else {
                    throw MessagingError(.disconnected, "an entry without its offset")
                }
                lastTag = tag
                // Some may come again after a loss, and those of the first piece may be older than asked for.
                guard lastOffset.map({ $0 < offset }) ?? true else { return }
                lastOffset = offset
                entries += RatingLogEntry.all(in: message, offset: offset)
            case .consumerCancelled: throw MessagingError(.disconnected, "the broker ended the reading of the stream")
            case .returned, .confirm, .blocked, .unblocked: break
            }
        }
    }

    /// Acknowledging means nothing to a stream but that more may come: it is done once what came was taken.
    private func acknowledge() throws(MessagingError) {
        guard lastTag > acknowledgedTag, buffer.isEmpty else { return }
        try context?.acknowledge(lastTag, isMultiple: true)
        acknowledgedTag = lastTag
    }
}
