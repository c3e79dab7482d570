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

    private func service(_ handler: JobHandler, source: (any JobSource)? = nil) -> JobService {
        var policy = WorkPolicy()
        policy.slots = 4
        policy.firstRetryDelay = .milliseconds(1)
        return JobService(
            source: source ?? queue.makeSource(), handler: handler, policy: policy, readiness: .init(),
            metrics: WorkerMetrics(), logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
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

    @Test func whatHadEndedBeforeItIsDeliveredAgainIsNotDoneAgain() async throws {
        let job = try fixture.ratingJob([("a1", 5)])
        var record = JobRecord(of: job)
        (record.status, record.attempt) = (.succeeded, 1)
        _ = try await fixture.storage.advance(to: record)
        try await queue.enqueue(job)
        let first = queue.makeSource()
        #expect(try await first.next().count == 1)
        await first.close()
        try await work(service(fixture.handler())) { [queue] in queue.waitingJobs.isEmpty && queue.unsettledCount == 0 }
        #expect(try await fixture.storage.profile(of: fixture.user).updates.isEmpty)
    }

    @Test func aJobThatFailsIsTriedAgainAndItsAttemptsAreSeen() async throws {
        let flaky = FlakyProfiles(fixture.storage, failing: 3, with: StorageError(.corrupted, "not ours"))
        let job = try fixture.ratingJob([("a1", 5)])
        try await queue.enqueue(job)
        try await work(service(fixture.handler(profiles: flaky))) { [queue] in
            queue.waitingJobs.isEmpty && queue.unsettledCount == 0
        }
        let record = try #require(try await fixture.storage.record(of: job.id))
        // Together with others (and there are none), then alone, then after each failure of its own.
        #expect(record.status == .succeeded && record.attempt == 4)
        #expect(queue.deadJobs.isEmpty)
    }

    @Test func whileItWaitsForItsNextAttemptAJobIsRetrying() async throws {
        let statuses = StatusLog(fixture.storage)
        let flaky = FlakyProfiles(fixture.storage, failing: 2, with: StorageError(.rejected, "WRONGTYPE"))
        let job = try fixture.ratingJob([("a1", 5)])
        try await queue.enqueue(job)
        try await work(service(fixture.handler(profiles: flaky, results: statuses))) { [queue] in
            queue.waitingJobs.isEmpty && queue.unsettledCount == 0
        }
        #expect(await statuses.of(job.id) == ["retrying 1", "running 2", "retrying 2", "running 3", "succeeded 3"])
    }

    @Test func ofJobsDoneTogetherOnlyTheCulpritFails() async throws {
        let culprit = try fixture.ratingJob([("a9", 5)], milliseconds: 9)
        let picky = PickyProfiles(storage: fixture.storage, refused: try ItemID("a9"))
        let others = try (0..<5).map { try fixture.ratingJob([("a\($0)", 5)], milliseconds: UInt64($0)) }
        for job in others[..<3] + [culprit] + others[3...] { try await queue.enqueue(job) }
        try await work(service(fixture.handler(profiles: picky))) { [queue] in
            queue.waitingJobs.isEmpty && queue.unsettledCount == 0
        }
        #expect(queue.deadJobs == [culprit])
        for job in others { #expect(try await fixture.storage.record(of: job.id)?.status == .succeeded) }
        #expect(try await fixture.storage.record(of: culprit.id)?.status == .failed)
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

    @Test func whatWasRatedByARemovedUserIsLostAndNoDeadLetter() async throws {
        let job = try fixture.ratingJob([("a1", 5)])
        try await queue.enqueue(job)
        try await fixture.storage.removeProfile(of: fixture.user)
        try await work(service(fixture.handler())) { [queue] in queue.waitingJobs.isEmpty && queue.unsettledCount == 0 }
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .failed && record.failure?.code == "user_removed")
        #expect(queue.deadJobs.isEmpty)
        #expect(try await fixture.storage.profile(of: fixture.user) == LiveProfile())
    }

    /// A connection that was lost gives its deliveries again, while the worker still has the first.
    @Test func whatIsDeliveredTwiceAndFailsEndsAllTheSame() async throws {
        let job = try fixture.ratingJob([("a1", 5)])
        for _ in 0..<2 { try await queue.enqueue(job) }
        try await fixture.storage.removeProfile(of: fixture.user)
        try await work(service(fixture.handler())) { [queue] in queue.waitingJobs.isEmpty && queue.unsettledCount == 0 }
        #expect(try await fixture.storage.record(of: job.id)?.failure?.code == "user_removed")
        #expect(queue.deadJobs.isEmpty)
    }

    @Test func removesAUserAndSaysSo() async throws {
        try await queue.enqueue(try fixture.ratingJob([("a1", 5)]))
        let removal = Job(id: .random(), createdAt: .now, task: .removeUser(fixture.user))
        try await queue.enqueue(removal)
        try await work(service(fixture.handler())) { [queue] in queue.waitingJobs.isEmpty && queue.unsettledCount == 0 }
        let record = try #require(try await fixture.storage.record(of: removal.id))
        #expect(record.status == .succeeded && record.result == .ratings(applied: 0, refreshed: false))
        #expect(try await fixture.storage.profile(of: fixture.user) == LiveProfile())
        #expect(try await fixture.storage.list(for: fixture.user) == nil)
    }

    @Test func outlastsABrokerThatRefusesIt() async throws {
        let refusals = RefusingSource(source: queue.makeSource(), refusals: 3)
        let service = service(fixture.handler(), source: refusals)
        try await queue.enqueue(try fixture.ratingJob([("a1", 5)]))
        try await work(service) { [queue] in queue.waitingJobs.isEmpty && queue.unsettledCount == 0 }
        #expect(try await fixture.storage.profile(of: fixture.user).updates.count == 1)
    }
}

/// Writes down which states jobs go through.
private actor StatusLog: JobResultStore {
    private let storage: InMemoryStorage
    private var statuses: [JobID: [String]] = [:]

    init(_ storage: InMemoryStorage) { self.storage = storage }

    func of(_ id: JobID) -> [String] { statuses[id] ?? [] }

    private func note(_ records: [JobRecord]) {
        for record in records { statuses[record.id, default: []].append("\(record.status) \(record.attempt)") }
    }

    func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? {
        note([record])
        return try await storage.advance(to: record)
    }

    func advance(
        to records: [JobRecord], saving list: StoredList?, for user: UserID?, lifetime: Duration
    ) async throws(StorageError) -> [JobStatus?] {
        note(records)
        return try await storage.advance(to: records, saving: list, for: user, lifetime: lifetime)
    }

    func record(of id: JobID) async throws(StorageError) -> JobRecord? { try await storage.record(of: id) }

    func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] { try await storage.records(of: ids) }

    func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError) {
        try await storage.save(list, for: user, lifetime: lifetime)
    }

    func list(for user: UserID) async throws(StorageError) -> StoredList? { try await storage.list(for: user) }
}

/// Profiles that refuse one item for good.
private struct PickyProfiles: ProfileStore {
    let storage: InMemoryStorage
    let refused: ItemID

    func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile {
        guard !updates.contains(where: { $0.item == refused }) else { throw StorageError(.rejected, "not this one") }
        return try await storage.apply(updates, for: user)
    }

    func profile(of user: UserID) async throws(StorageError) -> LiveProfile { try await storage.profile(of: user) }
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

    func next() async throws(MessagingError) -> [JobDelivery] {
        guard refusals == 0 else {
            refusals -= 1
            throw MessagingError(.accessRefused, "not now")
        }
        return try await source.next()
    }

    func stop() async { await source.stop() }
    func close() async { await source.close() }
}
