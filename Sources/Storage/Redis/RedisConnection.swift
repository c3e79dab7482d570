import DequeModule
import Logging
import ServiceRuntime

/// One connection to Redis on a thread of its own. It dials at the first command and again at the first one after a loss.
///
/// Commands of any number of callers are on their way at once: whatever has come in is written together, and answered in order.
/// A call ends with its answer, or when its time is over, not with the caller's cancellation.
actor RedisConnection {
    private enum Phase { case disconnected, loggingIn, ready }

    private let configuration: RedisConfiguration
    private let logger: Logger
    private let meters = RedisMeters()
    private let thread: ConnectionThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private var phase = Phase.disconnected
    private var context: RedisContext?
    var isConnected: Bool { context != nil }
    private var expected = Deque<ExpectedReply>()
    /// What waits for the login.
    private var unsent = Deque<RedisBatch>()
    private var commandsWaiting = 0

    private var backoff = Backoff(first: .milliseconds(50), ceiling: .seconds(2))
    private var earliestDial: ContinuousClock.Instant?
    private var mustRedial = false
    private var sentinels: RedisSentinels?
    /// Whom we dialled last.
    private var server: RedisAddress
    /// Since when Redis is away, once that was logged.
    private var awaySince: ContinuousClock.Instant?
    private(set) var isClosed = false
    private var closers: [CheckedContinuation<Void, Never>] = []

    init(_ configuration: RedisConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        sentinels = RedisSentinels(configuration)
        server = RedisAddress(host: configuration.host, port: configuration.port)
        thread = ConnectionThread(name: "redis")
        thread.start { [weak self] in self?.assumeIsolated { $0.turn() } ?? .init() }
    }

    isolated deinit {
        context = nil  // freed on the thread that used it
        thread.stop()
    }

    /// - Returns: the answer, never an error reply: that is thrown.
    nonisolated func send(_ command: RedisCommand) async throws(StorageError) -> RedisReply {
        let reply = try await send([command])[0]
        if case .error(let error) = reply { throw error.storageError }
        return reply
    }

    /// Sends `commands` together; nothing of another caller comes between them, but a script that Redis had forgotten runs after the
    /// others.
    ///
    /// - Returns: an answer for each, of which some may be errors.
    nonisolated func send(_ commands: [RedisCommand]) async throws(StorageError) -> [RedisReply] {
        guard !commands.isEmpty else { return [] }
        return try await submit(commands, calledAt: .now).get()
    }

    /// Lets what is on its way be answered, which takes at most the time of a command, then hangs up. Later calls are refused.
    func close() async {
        isClosed = true
        await withCheckedContinuation { closers.append($0) }
    }

    private func submit(
        _ commands: [RedisCommand], calledAt: ContinuousClock.Instant
    ) async -> Result<[RedisReply], StorageError> {
        do throws(StorageError) {
            try admit(commands.count)
            try dialIfNeeded()
            let deadline = calledAt + configuration.commandTimeout
            guard deadline > .now else {
                throw StorageError(.connectionFailed, "the time was over before there was a connection")
            }
            return await withCheckedContinuation { caller in
                accept(RedisBatch(commands, calledAt: calledAt, deadline: deadline, caller: caller))
            }
        } catch {
            meters.givenUp(error, commands: commands.count)
            return .failure(error)
        }
    }

    private func admit(_ count: Int) throws(StorageError) {
        guard !isClosed else { throw StorageError(.closed, "the connection to Redis is closed") }
        guard commandsWaiting + count <= configuration.maximumWaiting else {
            throw StorageError(.unavailable, "too many commands wait for Redis")
        }
    }

    private func accept(_ batch: RedisBatch) {
        commandsWaiting += batch.commands.count
        guard phase == .ready else { return unsent.append(batch) }
        append(batch)
    }
}

// MARK: - Dialling

extension RedisConnection {
    private func dialIfNeeded() throws(StorageError) {
        guard context == nil else { return }
        if let earliestDial, earliestDial > .now {
            throw StorageError(.connectionFailed, "Redis could not be reached a moment ago")
        }
        do throws(StorageError) {
            try dial()
        } catch {
            lose(error)
            throw error
        }
    }

    private func dial() throws(StorageError) {
        thread.beginBlocking(atMost: .seconds(120))  // for the name server, whose patience is not ours to set
        phase = .loggingIn
        if let master = try sentinels?.findMaster() { server = master }
        let deadline = ContinuousClock.now + configuration.connectTimeout
        let login = RedisLogin(configuration)
        context = try RedisContext.connect(to: server, timeout: configuration.connectTimeout)
        for (place, step) in login.steps.enumerated() {
            try context?.append(step.command)
            let isLast = place == login.steps.count - 1
            expected.append(.init(purpose: .login(step.condition, isLast: isLast), deadline: deadline))
        }
    }

    private func loggedIn() {
        phase = .ready
        backoff.reset()
        earliestDial = nil
        meters.dialled(.succeeded)
        if let awaySince {
            let milliseconds = (ContinuousClock.now - awaySince).wholeMilliseconds
            logger.info("Redis is back", metadata: address.merging([LogKey.duration: "\(milliseconds)"]) { $1 })
            self.awaySince = nil
        } else {
            logger.debug("Connected to Redis", metadata: address)
        }
        while let batch = unsent.popFirst() { append(batch) }
    }

    private func failedDial(_ error: StorageError) {
        phase = .disconnected
        let delay = backoff.next()
        earliestDial = .now + delay
        meters.dialled(.failed)
        tellLoss("Redis cannot be reached", [LogKey.error: "\(error)", LogKey.delay: "\(delay)"])
    }

    /// One warning per outage, however many commands and dials it costs.
    private func tellLoss(_ message: Logger.Message, _ details: Logger.Metadata) {
        logger.log(level: awaySince == nil ? .warning : .debug, message, metadata: address.merging(details) { $1 })
        awaySince = awaySince ?? .now
    }

    private var address: Logger.Metadata {
        [LogKey.host: "\(server.host)", LogKey.port: "\(server.port)"]
    }
}

// MARK: - On the wire

extension RedisConnection {
    private func turn() -> ConnectionThread.Wait {
        do throws(StorageError) {
            try exchange()
        } catch {
            lose(error)
        }
        if isClosed, expected.isEmpty, unsent.isEmpty { hangUp() }
        return .init(descriptor: context?.descriptor, isWriting: context?.isWriting ?? false, deadline: nextDeadline)
    }

    private var nextDeadline: ContinuousClock.Instant? {
        switch (expected.first?.deadline, unsent.first?.deadline) {
        case (let first?, let second?): min(first, second)
        case (let first, let second): first ?? second
        }
    }

    private func exchange() throws(StorageError) {
        guard context != nil else { return }
        try context?.flush()
        var mayHaveMore = true
        while mayHaveMore {
            mayHaveMore = try context?.receive() ?? false
            let now = ContinuousClock.now
            while let reply = try context?.nextReply() { try take(reply, at: now) }
        }
        try context?.flush()
        if mustRedial { throw StorageError(.connectionLost, "the server became read-only") }
        if let deadline = nextDeadline, deadline <= .now { throw StorageError(.connectionLost, "no answer in time") }
    }

    private func append(_ batch: RedisBatch) {
        for index in batch.commands.indices { append(batch, index: index, isRepetition: false, deadline: batch.deadline) }
    }

    private func append(_ batch: RedisBatch, index: Int, isRepetition: Bool, deadline: ContinuousClock.Instant) {
        expected.append(
            .init(purpose: .command(batch, index: index, isRepetition: isRepetition), deadline: deadline))
        do throws(StorageError) { try context?.append(batch.commands[index]) } catch { mustRedial = true }
    }

    private func take(_ reply: RedisReply, at now: ContinuousClock.Instant) throws(StorageError) {
        guard let next = expected.popFirst() else {
            throw StorageError(.connectionLost, "Redis answered what nobody had asked")
        }
        switch next.purpose {
        case .login(let condition, let isLast):
            try condition.check(reply)
            if isLast { loggedIn() }
        case .scriptLoad:
            break
        case .command(let batch, let index, let isRepetition):
            if case .error(let error) = reply {
                if error.word == "NOSCRIPT", !isRepetition, let script = batch.commands[index].script {
                    return try load(script, andRepeat: batch, index: index, at: now)
                }
                if error.word == "READONLY" { mustRedial = true }
                meters.refused(error.storageError, after: now - batch.calledAt)
            } else {
                meters.answered(after: now - batch.calledAt)
            }
            if batch.answer(reply, at: index) { commandsWaiting -= batch.commands.count }
        }
    }

    private func load(
        _ script: RedisScript, andRepeat batch: RedisBatch, index: Int, at now: ContinuousClock.Instant
    ) throws(StorageError) {
        let deadline = now + configuration.commandTimeout
        do throws(StorageError) {
            try context?.append(["SCRIPT", "LOAD", .text(script.source)])
        } catch {
            giveUp(batch, error)  // nobody else has it any more
            throw error
        }
        expected.append(.init(purpose: .scriptLoad, deadline: deadline))
        append(batch, index: index, isRepetition: true, deadline: deadline)
    }

    /// Gives up the connection and everything that waits for it.
    private func lose(_ error: StorageError) {
        context = nil
        mustRedial = false
        let wasLoggingIn = phase == .loggingIn
        let failure =
            wasLoggingIn ? StorageError(.connectionFailed, error.message, reply: error.reply) : error
        if wasLoggingIn {
            failedDial(failure)
        } else {
            phase = .disconnected
            tellLoss("Connection to Redis lost", [LogKey.error: "\(error)"])
        }
        while let next = expected.popFirst() {
            if case .command(let batch, _, _) = next.purpose { giveUp(batch, failure) }
        }
        while let batch = unsent.popFirst() { giveUp(batch, failure) }
    }

    private func giveUp(_ batch: RedisBatch, _ error: StorageError) {
        guard batch.fail(error) else { return }
        commandsWaiting -= batch.commands.count
        meters.givenUp(error, commands: batch.commands.count)
    }

    private func hangUp() {
        context = nil
        phase = .disconnected
        for closer in closers { closer.resume() }
        closers = []
    }
}
