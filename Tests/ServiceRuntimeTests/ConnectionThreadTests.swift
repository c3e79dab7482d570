import Glibc
import Synchronization
import Testing

@testable import ServiceRuntime

@Suite struct ConnectionThreadTests {
    @Test func runsTheActorsWorkOnOneThreadOfItsOwn() async {
        let probe = Probe()
        let first = await probe.thread()
        let second = await probe.thread()
        #expect(first == second)
        #expect(first != pthread_self())
    }

    @Test func losesNoWorkFromManyCallers() async {
        let probe = Probe()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask { for _ in 0..<50 { await probe.increment() } }
            }
        }
        #expect(await probe.count == 10_000)
    }

    @Test func wakesWhenTheDescriptorIsReady() async throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let probe = Probe()
        await probe.listen(to: ends[0])
        var byte: UInt8 = 42
        #expect(write(ends[1], &byte, 1) == 1)
        #expect(await probe.firstByte() == 42)
    }

    @Test(.timeLimit(.minutes(1))) func takesATurnAtTheDeadlineItAskedFor() async {
        let probe = Probe()
        await probe.wakeAfter(.milliseconds(20))
        await probe.untilWoken()
    }

    @Test func everyWakeIsFollowedByATurn() async {
        let probe = Probe()
        for _ in 0..<1000 {
            let turns = probe.turns
            probe.wake()
            // Only what the thread counts is looked at: a call to the actor would make it take a turn.
            let deadline = ContinuousClock.now + .seconds(10)
            while probe.turns == turns, ContinuousClock.now < deadline { await Task.yield() }
            #expect(probe.turns > turns)
        }
    }

    @Test func freesTheOwnerWhenNobodyHoldsIt() async {
        weak var probe: Probe?
        do {
            let held = Probe()
            probe = held
            await held.increment()
        }
        let deadline = ContinuousClock.now + .seconds(5)
        while probe != nil, ContinuousClock.now < deadline { await Task.yield() }
        #expect(probe == nil)
    }
}

private actor Probe {
    private let executor = ConnectionThread(name: "probe")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private(set) var count = 0
    private let turnCount = Atomic(0)
    nonisolated var turns: Int { turnCount.load(ordering: .relaxed) }
    private var descriptor: Int32?
    private var byte: UInt8?
    private var waiter: CheckedContinuation<UInt8, Never>?
    private var alarm: ContinuousClock.Instant?
    private var sleeper: CheckedContinuation<Void, Never>?
    private var isWoken = false

    init() {
        executor.start { [weak self] in self?.assumeIsolated { $0.turn() } ?? .init() }
    }

    isolated deinit { executor.stop() }

    func thread() -> pthread_t { pthread_self() }
    func increment() { count += 1 }
    func listen(to descriptor: Int32) { self.descriptor = descriptor }
    func wakeAfter(_ duration: Duration) { alarm = .now + duration }

    nonisolated func wake() { executor.wake() }

    func firstByte() async -> UInt8 {
        if let byte { return byte }
        return await withCheckedContinuation { waiter = $0 }
    }

    func untilWoken() async {
        if isWoken { return }
        await withCheckedContinuation { sleeper = $0 }
    }

    private func turn() -> ConnectionThread.Wait {
        turnCount.add(1, ordering: .relaxed)
        if let alarm, alarm <= .now {
            self.alarm = nil
            isWoken = true
            sleeper?.resume()
            sleeper = nil
        }
        if let descriptor {
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&ready, 1, 0) == 1 {
                var received: UInt8 = 0
                if read(descriptor, &received, 1) == 1 {
                    byte = received
                    waiter?.resume(returning: received)
                    waiter = nil
                }
            }
        }
        return .init(descriptor: descriptor, deadline: alarm)
    }
}
