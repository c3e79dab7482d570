import Foundation
import Jobs
import Logging
import ServiceRuntime
import TestSupport
import Testing

@testable import Messaging

/// What networks and brokers do at the worst moment.
@Suite(.enabled(if: TestBroker.isAvailable, TestBroker.advice), .timeLimit(.minutes(3)), .serialized)
struct RabbitMQFaultTests {
    @Test func aSilentBrokerHoldsNobodyLongerThanFiveSeconds() async throws {
        try await withProxy { broker, proxy in
            let queue = broker.makeQueue()
            try await queue.enqueue(try TestJobs.rating())
            proxy.set(.stall)
            let start = ContinuousClock.now
            // More than the window takes.
            let codes = await outcomes(of: 2000, into: queue)
            #expect(.now - start < .seconds(5))
            #expect(codes.allSatisfy { $0 == .timedOut || $0 == .disconnected })
            proxy.set(.forward)
            #expect(
                try await eventually(within: .seconds(30)) {
                    await code { try await queue.enqueue(try TestJobs.rating()) } == nil
                })
            await queue.close()
        }
    }

    @Test func aBrokerThatIsSilentFromTheStartHoldsNobodyEither() async throws {
        try await withProxy { broker, proxy in
            proxy.set(.stall)
            let queue = broker.makeQueue()
            let start = ContinuousClock.now
            #expect(await code { try await queue.enqueue(try TestJobs.rating()) } == .disconnected)
            #expect(.now - start < .seconds(5))
            await queue.close()
            #expect(.now - start < .seconds(20))
            proxy.set(.forward)
        }
    }

    @Test func waitsForTheBrokerWithinTheDeadline() async throws {
        try await withProxy { broker, proxy in
            proxy.set(.refuse)
            let queue = broker.makeQueue()
            async let waiting: Void = queue.enqueue(try TestJobs.rating())
            _ = try await eventually { proxy.refusals > 0 }
            proxy.set(.forward)
            try await waiting
            await queue.close()
        }
    }

    @Test func anUnreachableBrokerIsAnErrorWithinTheDeadline() async throws {
        var broker = TestBroker()
        broker.configuration.port = 1
        let queue = broker.makeQueue()
        let start = ContinuousClock.now
        #expect(await code { try await queue.enqueue(try TestJobs.rating()) } == .disconnected)
        #expect(.now - start < .seconds(4))
        await queue.close()
    }

    @Test(arguments: [false, true]) func nothingConfirmedIsLostWhenConnectionsAreCut(byReset: Bool) async throws {
        try await withProxy { broker, proxy in
            let queue = broker.makeQueue()
            let source = await broker.makeSource()
            let received = Task {
                var received: Set<JobID> = []
                while let delivery = try await source.next() {
                    received.insert(delivery.job.id)
                    delivery.settle(as: .acknowledge)
                }
                return received
            }
            var confirmed: Set<JobID> = []
            for _ in 0..<4 {
                confirmed.formUnion(await confirmedJobs(of: 150, into: queue) { proxy.cut(byReset: byReset) })
            }
            #expect(confirmed.count > 300)
            let isDrained = try await eventually(within: .seconds(30)) { try await broker.count(of: "ratings.apply") == 0 }
            #expect(isDrained)
            await source.stop()
            let jobs = try await received.value
            #expect(confirmed.subtracting(jobs).isEmpty)
            await source.close()
            let deadCount = try await broker.deadCount()
            #expect(deadCount == 0)
            await queue.close()
        }
    }

    @Test func settlementsOfALostConnectionAreDropped() async throws {
        try await withProxy { broker, proxy in
            let queue = broker.makeQueue()
            let source = await broker.makeSource()
            let job = try TestJobs.rating()
            try await queue.enqueue(job)
            let first = try #require(await source.next())
            proxy.cut()
            let second = try #require(await source.next())
            #expect(second.job == job)
            #expect(second.redeliveries == 1)
            first.settle(as: .discard)
            try await queue.enqueue(try TestJobs.rating("next"))
            try #require(await source.next()).settle(as: .acknowledge)
            second.settle(as: .acknowledge)
            await source.close()
            #expect(try await broker.deadCount() == 0)
            #expect(try await broker.count(of: "ratings.apply") == 0)
            await queue.close()
        }
    }

    @Test func theConnectionOutlastsALongJobAndALongPause() async throws {
        var broker = TestBroker()
        broker.configuration.heartbeat = .seconds(2)
        let counter = LineCounter()
        let logger = Logger(label: "test") { _ in counter }
        let queue = RabbitMQJobQueue(broker.configuration, logger: logger)
        let source = SingleSource(RabbitMQJobSource(broker.configuration, logger: logger))
        try await queue.enqueue(try TestJobs.rating())
        let delivery = try #require(await source.next())
        try await Task.sleep(for: .seconds(9))  // the broker gives up after two to three heartbeats
        delivery.settle(as: .acknowledge)
        try await queue.enqueue(try TestJobs.rating())
        await source.close()
        #expect(counter.warnings == 0)
        await queue.close()
        try await broker.cleanUp()
    }

    @Test func closingASourceOfASilentBrokerEnds() async throws {
        try await withProxy { broker, proxy in
            let queue = broker.makeQueue()
            let source = await broker.makeSource()
            try await queue.enqueue(try TestJobs.rating())
            let delivery = try #require(await source.next())
            proxy.set(.stall)
            delivery.settle(as: .acknowledge)
            let start = ContinuousClock.now
            await source.stop()
            await source.close()
            await queue.close()
            #expect(.now - start < .seconds(25))
            proxy.set(.forward)
        }
    }

    private func withProxy(_ body: (TestBroker, TestProxy) async throws -> Void) async throws {
        var broker = TestBroker()
        let direct = broker
        // So that there is something to delete whatever happens to the connections.
        let declarer = direct.makeQueue()
        #expect(try await eventually { declarer.isConnected })
        await declarer.close()
        let proxy = TestProxy(to: broker.configuration.port)
        broker.configuration.port = proxy.port
        let result = await Result { try await body(broker, proxy) }
        proxy.close()
        try await direct.cleanUp()
        try result.get()
    }

    private func outcomes(of count: Int, into queue: RabbitMQJobQueue) async -> [MessagingError.Code?] {
        await withTaskGroup(of: MessagingError.Code?.self) { group in
            for _ in 0..<count { group.addTask { await code { try await queue.enqueue(try TestJobs.rating()) } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Cuts while they are on their way.
    private func confirmedJobs(of count: Int, into queue: RabbitMQJobQueue, cut: @Sendable () -> Void) async -> Set<JobID> {
        await withTaskGroup(of: JobID?.self) { group in
            for number in 0..<count {
                if number == count / 2 { cut() }
                group.addTask {
                    guard let job = try? TestJobs.rating("user-\(number)") else { return nil }
                    return await code { try await queue.enqueue(job) } == nil ? job.id : nil
                }
            }
            return await group.reduce(into: []) { confirmed, id in if let id { confirmed.insert(id) } }
        }
    }
}
