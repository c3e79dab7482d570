import Jobs
import Logging
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Worker

/// Whoever is removed stays so.
@Suite(.timeLimit(.minutes(1))) struct RemovalTests {
    /// Any order and any repetition of a user's messages, of which one says that the user is gone, done by two workers at once, ends with
    /// nothing kept.
    @Test func nothingIsKeptInWhateverOrderTheMessagesCome() async throws {
        let fixture = try WorkerFixture()
        let queue = InMemoryJobQueue()
        var generator = SeededGenerator(seed: 3)
        var jobs: [Job] = []
        let users = try (0..<100).map { try UserID("account-\($0)") }
        for user in users {
            var messages = [
                Job(id: .random(), createdAt: .now, task: .removeUser(user)), fixture.recommendationJob(audience: .user(user)),
            ]
            for number in 0..<Int.random(in: 1...6, using: &generator) {
                messages.append(
                    try fixture.ratingJob(
                        [("a\(number)", Bool.random(using: &generator) ? 4 : nil)], of: user,
                        milliseconds: .random(in: 1...1 << 43, using: &generator), refresh: .random(using: &generator)))
            }
            jobs += messages + messages.filter { _ in Bool.random(using: &generator) }
        }
        for job in jobs.shuffled(using: &generator) { try await queue.enqueue(job) }
        try await work(off: queue, by: [fixture.handler(), fixture.handler()])

        #expect(queue.deadJobs.isEmpty)
        for user in users {
            #expect(try await fixture.storage.profile(of: user) == LiveProfile())
            #expect(try await fixture.storage.list(for: user) == nil)
        }
        for job in jobs {
            let record = try #require(try await fixture.storage.record(of: job.id))
            #expect(record.status == .succeeded || record.failure?.code == "user_removed")
        }
    }

    private func work(off queue: InMemoryJobQueue, by handlers: [JobHandler]) async throws {
        let services = handlers.map { handler in
            var policy = WorkPolicy()
            policy.slots = 2
            return JobService(
                source: queue.makeSource(), handler: handler, policy: policy, readiness: .init(), metrics: WorkerMetrics(),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            #expect(try await eventually { queue.waitingJobs.isEmpty && queue.unsettledCount == 0 })
            for service in services { await service.source.stop() }
            try await group.waitForAll()
        }
    }
}
