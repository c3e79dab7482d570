import Foundation
import Jobs
import Logging
import ServiceRuntime

/// The connection that jobs are published on, with a confirm for each.
///
/// Callers never wait for its thread, only for an outcome in `PublishRequests`, which the watchdog gives them at the deadline if nobody
/// else does. So neither a broker that went silent nor a name server that does not answer holds a caller longer.
actor RabbitMQPublisher {
    private struct Unconfirmed {
        let numbers: [UInt64]
        let messageID: String
        let sentAt: ContinuousClock.Instant
        var isReturned = false
    }

    private static let closePatience = Duration.seconds(5)
    /// Beyond that many messages without a confirm jobs gather.
    private static let groupsInFlight = 2
    /// How long jobs gather for the next messages at least, counted from the last. Whoever comes later than that after the last message
    /// is sent at once.
    private static let gatheringTime = Duration.milliseconds(2)
    /// How long a message of several jobs may be.
    private static let groupByteCount = 64 * 1024

    private let thread = ConnectionThread(name: "rabbitmq-pub")
    private let configuration: RabbitMQConfiguration
    private let topology: RabbitMQTopology
    nonisolated let requests: PublishRequests
    private let closed = Completion()
    private let watchdog: SocketWatchdog
    private var context: RabbitMQContext?
    private var redial: Redial
    private var unconfirmed = TagWindow<Unconfirmed>()
    private var unconfirmedJobs = 0
    private var isBlocked = false
    private var heardAt = ContinuousClock.now
    private var sendsNextAt = ContinuousClock.now
    private var closeDeadline: ContinuousClock.Instant?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ configuration: RabbitMQConfiguration, logger: Logger) {
        self.configuration = configuration
        topology = RabbitMQTopology(configuration)
        let requests = PublishRequests(backlog: configuration.publishBacklog)
        self.requests = requests
        watchdog = SocketWatchdog { requests.expire() }
        redial = Redial(configuration, as: .publisher, logger: logger)
        thread.start { [weak self] in
            self?.assumeIsolated { $0.turn() } ?? ConnectionThread.Wait()
        }
    }

    isolated deinit {
        context = nil
        thread.stop()
    }

    nonisolated func publish(_ message: PublishRequests.Message) async -> PublishRequests.Outcome {
        let deadline = ContinuousClock.now + configuration.publishTimeout
        return await withCheckedContinuation { continuation in
            if requests.add(message, deadline: deadline, continuation) { thread.wake() }
        }
    }

    /// Takes nothing new, waits for the confirms of the rest, and leaves; a few seconds at most.
    nonisolated func close() async {
        requests.close()
        let patience = Task {
            try? await Task.sleep(for: Self.closePatience + .seconds(5))
            closed.finish()
        }
        Task { await beginClosing() }
        await closed.wait()
        patience.cancel()
        requests.failAll(MessagingError(.closed, "we are shutting down"))
    }

    private func beginClosing() {
        closeDeadline = closeDeadline ?? .now + Self.closePatience
    }

    // MARK: - On the thread

    private func turn() -> ConnectionThread.Wait {
        guard !closed.isDone else { return ConnectionThread.Wait() }
        requests.beginTurn()
        if let closeDeadline, requests.isEmpty || closeDeadline <= .now {
            context?.close(patience: .seconds(2))
            context = nil
            closed.finish()
            return ConnectionThread.Wait()
        }
        if context == nil { dial() }
        guard context != nil else { return ConnectionThread.Wait(deadline: min(redial.at, nextLook)) }
        do throws(MessagingError) {
            try pump()
            if requests.gathers(until: sendsNextAt) {
                try checkProgress()
                return ConnectionThread.Wait(descriptor: context?.descriptor, deadline: sendsNextAt)
            }
            let isStalled = try sendWaiting()
            try pump()
            try checkProgress()
            return ConnectionThread.Wait(descriptor: context?.descriptor, isWriting: isStalled, deadline: nextLook)
        } catch {
            lose(error)
            return ConnectionThread.Wait(deadline: redial.at)
        }
    }

    private var nextLook: ContinuousClock.Instant {
        .now + (closeDeadline == nil ? min(.seconds(2), configuration.heartbeat / 4) : .milliseconds(50))
    }

    private func dial() {
        guard redial.at <= .now else { return }
        thread.beginBlocking(atMost: .seconds(120))  // a name server and some answers of the broker, each with a limit
        do throws(MessagingError) {
            var context = try RabbitMQContext.connect(configuration, as: .publisher, watchdog: watchdog)
            try context.prepare(topology, declares: configuration.declares)
            try context.selectConfirms()
            context.settle()
            self.context = consume context
            unconfirmed = TagWindow()
            unconfirmedJobs = 0
            isBlocked = false
            redial.connected()
            requests.become(.open)
        } catch {
            redial.failed(error)
            requests.become(error.code.needsPerson ? .refusing(error) : .connecting(error))
        }
    }

    private func pump() throws(MessagingError) {
        try context?.pump { event throws(MessagingError) in try handle(event) }
    }

    /// Group commit: while messages are on their way, jobs gather for the next one. A message costs the broker the same whether it
    /// brings one job or thirty, and nobody waits longer than for one confirm and the gathering time more.
    ///
    /// - Returns: whether the socket takes no more at present.
    private func sendWaiting() throws(MessagingError) -> Bool {
        while !isBlocked, unconfirmedJobs < configuration.publishWindow {
            // Without a look at what came, a publish to a broker that is gone never returns.
            try pump()
            guard context?.isWritable == true else { return true }
            guard !isBlocked, unconfirmed.count < Self.groupsInFlight || requests.unsentCount >= configuration.jobsPerMessage,
                let group = requests.takeUnsent(atMost: configuration.jobsPerMessage, bytes: Self.groupByteCount)
            else { break }
            let first = group.messages[0]
            let now = ContinuousClock.now
            _ = unconfirmed.append(Unconfirmed(numbers: group.numbers, messageID: first.id, sentAt: now))
            sendsNextAt = now + Self.gatheringTime
            unconfirmedJobs += group.numbers.count
            try context?.publish(
                JobCoding.join(group.messages.map(\.body)), id: first.id, type: first.kind.rawValue,
                to: topology.route(for: first.kind, in: first.lane))
        }
        return false
    }

    private func handle(_ event: RabbitMQEvent) throws(MessagingError) {
        heardAt = .now
        switch event {
        case .confirm(let tag, let isMultiple, let isAccepted):
            let answered = isMultiple ? unconfirmed.removeAll(through: tag) : unconfirmed.remove(tag).map { [$0] } ?? []
            for entry in answered {
                unconfirmedJobs -= entry.numbers.count
                let outcome = Self.outcome(of: entry, isAccepted: isAccepted)
                for number in entry.numbers { requests.finish(number, outcome) }
            }
        case .returned(let message):
            unconfirmed.updateFirst(where: { $0.messageID == message.messageID && !$0.isReturned }) { $0.isReturned = true }
        case .blocked(let reason):
            isBlocked = true
            requests.become(.refusing(MessagingError(.blocked, "RabbitMQ takes no messages: \(reason)")))
        case .unblocked:
            isBlocked = false
            requests.become(.open)
        case .delivery, .consumerCancelled: break
        }
    }

    private static func outcome(of entry: Unconfirmed, isAccepted: Bool) -> PublishRequests.Outcome {
        if entry.isReturned { return .failure(MessagingError(.unroutable, "no queue is bound to the exchange")) }
        if !isAccepted { return .failure(MessagingError(.refused, "a queue is full")) }
        return .success(())
    }

    /// A broker that confirmed nothing for twice as long as a caller waits is given up; heartbeats would find out much later.
    private func checkProgress() throws(MessagingError) {
        guard !isBlocked, let oldest = unconfirmed.first else { return }
        guard .now - max(oldest.sentAt, heardAt) > configuration.publishTimeout * 2 else { return }
        throw MessagingError(.disconnected, "RabbitMQ stopped confirming")
    }

    private func lose(_ error: MessagingError) {
        context = nil
        redial.lost(error)
        requests.become(.connecting(error))
        requests.sendAgain(unconfirmed.removeAll().flatMap(\.numbers))
        unconfirmedJobs = 0
    }
}
