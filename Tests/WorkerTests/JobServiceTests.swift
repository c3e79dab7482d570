import Jobs
import Logging
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(1))) struct JobServiceTests {
    let fixture: WorkerFixture
    let queue = InMemoryJobQueue()

    init() throws { fixture = try WorkerFixture() }

    private func service(_ handler: JobHandler) -> JobService {
        JobService(
            source: queue.makeSource(), handler: handler, slots: 4, readiness: .init(), metrics: WorkerMetrics(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Runs the worker until the queue has nothing left, then tells it to leave.
    private func work(_ service: JobService, until isDone: () async throws -> Bool) async throws {
        async let running: Void = service.run()
        let deadline = ContinuousClock.now + .seconds(30)
        while try await !isDone() {
            guard ContinuousClock.now < deadline else {
                Issue.record("not done in time")
                break
            }
            await Task.yield()
        }
        await service.source.stop()
        try await running
    }

    @Test func settlesEveryJobOfTheQueue() async throws {
        for number in 0..<50 {
            try await queue.enqueue(try fixture.ratingJob([("a\(number % 10)", 5)], milliseconds: UInt64(number)))
        }
        try await work(service(fixture.handler())) { [queue] in
            queue.waitingJobs.isEmpty && queue.unsettledCount == 0
        }
        #expect(try await fixture.storage.profile(of: fixture.user).updates.count == 10)
        #expect(queue.deadJobs.isEmpty)
    }

    @Test func holdsAJobThroughAnOutageWithoutUsingUpDeliveries() async throws {
        let flaky = FlakyProfiles(fixture.storage, failing: 3, with: StorageError(.connectionFailed, "away"))
        let job = try fixture.ratingJob([("a1", 5)])
        try await queue.enqueue(job)
        try await work(service(fixture.handler(profiles: flaky))) { [queue] in
            queue.waitingJobs.isEmpty && queue.unsettledCount == 0
        }
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .succeeded && record.attempt == 1)
        #expect(queue.deadJobs.isEmpty)
    }

    @Test func whatCannotBeStoredFailsAndBecomesADeadLetter() async throws {
        let flaky = FlakyProfiles(fixture.storage, failing: .max, with: StorageError(.rejected, "WRONGTYPE"))
        let job = try fixture.ratingJob([("a1", 5)])
        try await queue.enqueue(job)
        try await work(service(fixture.handler(profiles: flaky))) { [queue] in !queue.deadJobs.isEmpty }
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .failed && record.failure?.code == "internal_error")
        #expect(queue.deadJobs == [job])
    }

    @Test func aFullProfileIsAnAnswerAndNoDeadLetter() async throws {
        let full = FlakyProfiles(fixture.storage, failing: .max, with: StorageError(.profileFull, "full"))
        let job = try fixture.ratingJob([("a1", 5)])
        try await queue.enqueue(job)
        try await work(service(fixture.handler(profiles: full))) { [queue] in
            queue.waitingJobs.isEmpty && queue.unsettledCount == 0
        }
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .failed && record.failure?.code == "profile_full")
        #expect(queue.deadJobs.isEmpty)
    }
}
