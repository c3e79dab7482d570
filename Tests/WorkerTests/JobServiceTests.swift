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

    @Test func outlastsABrokerThatRefusesIt() async throws {
        let refusals = RefusingSource(source: queue.makeSource(), refusals: 3)
        let service = JobService(
            source: refusals, handler: fixture.handler(), slots: 4, readiness: .init(), metrics: WorkerMetrics(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await queue.enqueue(try fixture.ratingJob([("a1", 5)]))
        try await work(service) { [queue] in queue.waitingJobs.isEmpty && queue.unsettledCount == 0 }
        #expect(try await fixture.storage.profile(of: fixture.user).updates.count == 1)
    }
}

/// A broker that refuses a few times, and then no more.
private actor RefusingSource: JobSource {
    private let source: InMemoryJobSource
    private var refusals: Int
    nonisolated var isConnected: Bool { true }

    init(source: InMemoryJobSource, refusals: Int) {
        self.source = source
        self.refusals = refusals
    }

    func next() async throws(MessagingError) -> JobDelivery? {
        guard refusals == 0 else {
            refusals -= 1
            throw MessagingError(.accessRefused, "not now")
        }
        return try await source.next()
    }

    func stop() async { await source.stop() }
    func close() async { await source.close() }
}
