import Foundation
import Glibc
import Jobs
import ServiceRuntime
import TestSupport
import Testing

@testable import Messaging

/// What only a broker can do to us.
@Suite(.enabled(if: TestBroker.isAvailable, TestBroker.advice), .timeLimit(.minutes(2)))
struct RabbitMQTests {
    @Test func aFullQueueRefuses() async throws {
        var broker = TestBroker()
        broker.configuration.maximumRecommendationJobs = 2
        let queue = broker.makeQueue()
        var codes: [MessagingError.Code?] = []
        for _ in 0..<6 { codes.append(await code { try await queue.enqueue(try TestJobs.recommendation()) }) }
        #expect(codes.prefix(2) == [nil, nil])
        #expect(codes.suffix(2) == [.refused, .refused])
        try await finish(queue, broker)
    }

    @Test func aMessageThatNoQueueGetsIsUnroutable() async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        try await queue.enqueue(try TestJobs.recommendation())
        try await RabbitMQRemoval.delete("recommend.interactive", of: broker.configuration)
        #expect(await code { try await queue.enqueue(try TestJobs.recommendation()) } == .unroutable)
        #expect(await code { try await queue.enqueue(try TestJobs.rating()) } == nil)
        try await finish(queue, broker)
    }

    @Test func checksWithoutDeclaringAndSaysWhatIsMissing() async throws {
        var broker = TestBroker()
        broker.configuration.declares = false
        let queue = broker.makeQueue()
        let error = await messagingError { try await queue.enqueue(try TestJobs.rating()) }
        #expect(error?.code == .topologyMismatch)
        #expect(error?.message.contains("queue \(broker.configuration.prefix)ratings.apply") == true)
        let source = await broker.makeSource()
        #expect(await code { _ = try await source.next() } == .topologyMismatch)
        await source.close()
        #expect(try await RabbitMQServerInfo.read(from: broker.configuration).missing.count == 9)
        await queue.close()
    }

    @Test func usesWhatIsThereWithoutDeclaring() async throws {
        let broker = TestBroker()
        let declarer = broker.makeQueue()
        try await declarer.enqueue(try TestJobs.rating())
        var checker = broker
        checker.configuration.declares = false
        let queue = checker.makeQueue()
        try await queue.enqueue(try TestJobs.rating())
        await declarer.close()
        let info = try await RabbitMQServerInfo.read(from: broker.configuration)
        #expect(info.missing == [])
        #expect(info.product == "RabbitMQ")
        #expect(try await eventually { try await broker.count(of: "ratings.apply") == 2 })
        try await finish(queue, broker)
    }

    @Test func aWrongPasswordIsRefusedAtOnce() async throws {
        var broker = TestBroker()
        broker.configuration.password = "wrong"
        let queue = broker.makeQueue()
        let start = ContinuousClock.now
        let error = await messagingError { try await queue.enqueue(try TestJobs.rating()) }
        #expect(error?.code == .accessRefused)
        #expect(error?.message.contains("wrong") == false)
        #expect(.now - start < .seconds(2.5))
        let source = await broker.makeSource()
        #expect(await code { _ = try await source.next() } == .accessRefused)
        await source.close()
        await queue.close()
    }

    @Test func queuesWithOtherArgumentsAreAMismatch() async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        try await queue.enqueue(try TestJobs.rating())
        var other = broker
        other.configuration.maximumRatingJobs = 17
        let mismatched = other.makeQueue()
        #expect(await code { try await mismatched.enqueue(try TestJobs.rating()) } == .topologyMismatch)
        await mismatched.close()
        try await finish(queue, broker)
    }

    @Test(arguments: ["", "no JSON", #"{"v":99}"#, String(repeating: " ", count: JobCoding.maximumByteCount + 1)])
    func whatIsNoJobGoesToTheDeadQueue(_ text: String) async throws {
        let broker = TestBroker()
        let publisher = RabbitMQPublisher(broker.configuration, logger: TestBroker.logger)
        let poison = PublishRequests.Message(id: "poison", kind: .ratings, body: Array(text.utf8))
        try await publisher.publish(poison).get()
        let job = try TestJobs.rating()
        let message = PublishRequests.Message(id: job.id.rawValue, kind: .ratings, body: try JobCoding.encode(job))
        try await publisher.publish(message).get()
        let source = await broker.makeSource()
        let delivery = try #require(await source.next())
        #expect(delivery.job == job)
        delivery.settle(as: .acknowledge)
        #expect(try await eventually { try await broker.deadCount() == 1 })
        // Nobody can write an obituary of it, so nothing is left to wait for one.
        #expect(try await eventually { try await broker.count(of: "jobs.obituaries") == 0 })
        await source.close()
        #expect(try await broker.count(of: "jobs.obituaries") == 0)
        await publisher.close()
        try await broker.cleanUp()
    }

    @Test func aDeletedQueueIsDeclaredAndConsumedAnew() async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        let source = await broker.makeSource()
        try await queue.enqueue(try TestJobs.rating())
        try #require(await source.next()).settle(as: .acknowledge)
        try await RabbitMQRemoval.delete("ratings.apply", of: broker.configuration)
        let isBack = try await eventually {
            let info = try await RabbitMQServerInfo.read(from: broker.configuration)
            return info.queues.contains { $0.name.hasSuffix("ratings.apply") && $0.consumerCount == 1 }
        }
        #expect(isBack)
        let job = try TestJobs.rating("later")
        try await queue.enqueue(job)
        let delivery = try #require(await source.next())
        #expect(delivery.job == job)
        delivery.settle(as: .acknowledge)
        await source.close()
        try await finish(queue, broker)
    }

    /// Optimized builds tell: there a wake-up can be lost that debug builds have.
    @Test func publishesAndSettlesWithoutWaitingForATimer() async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        let source = await broker.makeSource()
        try await queue.enqueue(try TestJobs.rating())
        try #require(await source.next()).settle(as: .acknowledge)
        let start = ContinuousClock.now
        for _ in 0..<20 {
            try await queue.enqueue(try TestJobs.rating())
            try #require(await source.next()).settle(as: .acknowledge)
        }
        #expect(.now - start < .seconds(5))
        await source.close()
        try await finish(queue, broker)
    }

    @Test func aClosedQueueTakesNothing() async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        try await queue.enqueue(try TestJobs.rating())
        try await finish(queue, broker)
        #expect(await code { try await queue.enqueue(try TestJobs.rating()) } == .closed)
        await queue.close()
    }

    @Test func acknowledgementsReachTheBrokerBeforeItIsLeft() async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        for _ in 0..<4 { try await queue.enqueue(try TestJobs.rating()) }
        let source = await broker.makeSource()
        var held: [JobDelivery] = []
        while held.count < 4, let delivery = try await source.next() { held.append(delivery) }
        // Neither the first nor without gaps, so that no acknowledgement may stand for another.
        for place in [3, 1] { held[place].settle(as: .acknowledge) }
        await source.close()
        #expect(try await eventually { try await broker.count(of: "ratings.apply") == 2 })
        #expect(try await broker.deadCount() == 0)
        try await finish(queue, broker)
    }

    private func finish(_ queue: RabbitMQJobQueue, _ broker: TestBroker) async throws {
        await queue.close()
        try await broker.cleanUp()
    }
}

/// The error of ours that `body` throws.
func messagingError(_ body: () async throws -> Void) async -> MessagingError? {
    do { try await body() } catch { return error as? MessagingError }
    return nil
}

func code(_ body: () async throws -> Void) async -> MessagingError.Code? { await messagingError(body)?.code }
