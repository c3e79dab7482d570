import Hummingbird
import Logging
import Messaging
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct LivenessTests {
    @Test func namesTheLoopThatHangs() async throws {
        let answer = try await TestGateway(change: { $0.stalledLoops = { ["redis"] } }).send(.get, "/livez")
        #expect(answer.status == 503 && answer.code == "loop_stuck")
        #expect(answer.text.contains("Stuck: redis."))
        #expect(try await TestGateway(change: { $0.stalledLoops = { [] } }).send(.get, "/livez").status == 200)
    }

    @Test func isNoMatterOfRedisAndRabbitMQ() async throws {
        Telemetry.ignoreBrokenPipes()
        var redis = RedisConfiguration()
        redis.port = 1
        var rabbitMQ = RabbitMQConfiguration()
        rabbitMQ.port = 1
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let storage = RedisStorage(redis, logger: logger)
        let queue = RabbitMQJobQueue(rabbitMQ, logger: logger)
        // Much shorter than in earnest, and still longer than a loop sleeps.
        let gateway = TestGateway(change: {
            $0.profiles = storage
            $0.lists = storage
            $0.jobs = storage
            $0.queue = queue
            $0.stalledLoops = { LoopRegistry.shared.stalled(for: .milliseconds(2500)) }
        })
        let end = ContinuousClock.now + .seconds(4)
        while ContinuousClock.now < end {
            #expect(try await gateway.send(.post, "/v1/users/ann/recommendations").status == 503)
            #expect(try await gateway.send(.get, "/v1/users/ann/ratings").status == 503)
            #expect(try await gateway.send(.get, "/livez").status == 200)
            try await Task.sleep(for: .milliseconds(20))
        }
        await queue.close()
        await storage.close()
    }
}
