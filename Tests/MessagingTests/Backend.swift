import Foundation
import Jobs
import Logging
import ServiceRuntime
import Testing

@testable import Messaging

/// Where the jobs of a test go: every backend that can be had here.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
    case inMemory, rabbitMQ

    static var available: [Backend] { TestBroker.isAvailable ? [.inMemory, .rabbitMQ] : [.inMemory] }

    var testDescription: String { rawValue }

    /// Runs `body` with a queue of its own, and leaves nothing behind.
    func run(_ body: (any JobQueue, any TestBench) async throws -> Void) async throws {
        switch self {
        case .inMemory:
            let queue = InMemoryJobQueue()
            try await body(queue, queue)
        case .rabbitMQ:
            let broker = TestBroker()
            let queue = broker.makeQueue()
            let result = await Result { try await body(queue, broker) }
            await queue.close()
            try await broker.cleanUp()
            try result.get()
        }
    }
}

/// What a test needs of a backend beside the queue.
protocol TestBench: Sendable {
    func makeSource() async -> SingleSource
    func deadCount() async throws -> Int
}

extension InMemoryJobQueue: TestBench {
    func makeSource() async -> SingleSource {
        let source: InMemoryJobSource = makeSource()
        return SingleSource(source)
    }

    func deadCount() async throws -> Int { deadJobs.count }
}

/// A broker, and in it exchanges and queues that no other test sees.
struct TestBroker: TestBench {
    static var port: Int? { ProcessInfo.processInfo.environment["KINDRED_TEST_RABBITMQ_PORT"].flatMap { Int($0) } }
    static var isAvailable: Bool { port != nil }
    static let advice: Comment = "needs RabbitMQ: set KINDRED_TEST_RABBITMQ_PORT to its port on 127.0.0.1 (user guest)"

    var configuration = RabbitMQConfiguration()

    init() {
        configuration.port = Self.port ?? 0
        configuration.prefix = "test-\(JobID.random())."
        configuration.prefetch = 4
        // So that messages can be counted.
        configuration.jobsPerMessage = 1
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func makeQueue() -> RabbitMQJobQueue { RabbitMQJobQueue(configuration, logger: Self.logger) }

    func makeSource() async -> SingleSource { SingleSource(RabbitMQJobSource(configuration, logger: Self.logger)) }

    func deadCount() async throws -> Int { try await count(of: "jobs.dead") }

    func count(of queue: String) async throws -> Int {
        let info = try await RabbitMQServerInfo.read(from: configuration)
        return try #require(info.queues.first { $0.name == configuration.prefix + queue }).messageCount
    }

    func cleanUp() async throws {
        var direct = configuration
        direct.port = Self.port ?? 0
        try await RabbitMQRemoval.delete(of: direct)
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws(Failure) -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
