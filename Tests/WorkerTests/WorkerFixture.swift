import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage

@testable import Worker

/// Two tastes, "a" and "b", of ten items each; twenty users love the one and not the other.
struct WorkerFixture {
    let dataset: Dataset
    let storage = InMemoryStorage()
    let user: UserID

    init() throws {
        let items = try ["a", "b"].flatMap { taste in try (0..<10).map { try ItemID("\(taste)\($0)") } }
        let users = try (0..<20).map { try UserID("u\($0)") }
        var starts = [0]
        var places: [UInt32] = []
        var codes: [UInt8] = []
        for user in 0..<20 {
            for item in 0..<20 where (user * 7 + item * 3) % 5 != 0 {
                places.append(UInt32(item))
                codes.append((user % 2 == 0) == (item < 10) ? 9 : 2)
            }
            starts.append(places.count)
        }
        dataset = Dataset(
            name: "two tastes", scale: .halfStars, users: Vocabulary(users), items: Vocabulary(items),
            ratings: RatingMatrix(itemCount: 20, rowStarts: starts, items: places, rowCodes: codes),
            catalogue: Catalogue(
                itemKind: "thing",
                entries: items.map { CatalogueEntry(title: $0.rawValue, genres: [String($0.rawValue.prefix(1))]) }))
        user = try UserID("alice")
    }

    func handler(now: @escaping @Sendable () -> Timestamp = { .now }) -> JobHandler {
        handler(profiles: storage, now: now)
    }

    func handler(
        profiles: any ProfileStore, results: (any JobResultStore)? = nil, experiments: ExperimentRecorder? = nil,
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) -> JobHandler {
        let engine = ServedEngine(RecommendationEngine(dataset: dataset))
        return JobHandler(
            engine: { engine }, profiles: profiles, impressions: storage, visibility: storage, removal: storage,
            results: results ?? storage, metrics: WorkerMetrics(), experiments: experiments, now: now)
    }

    func ratingJob(
        _ ratings: [(String, Double?)], of user: UserID? = nil, milliseconds: UInt64 = 1000, refresh: Bool = true
    ) throws -> Job {
        var version = RatingVersion(milliseconds: milliseconds, origin: 1)
        let updates = try ratings.map { item, rating in
            version = version.next(milliseconds: milliseconds)
            return RatingUpdate(item: try ItemID(item), rating: rating, version: version)
        }
        return Job(
            id: .random(), createdAt: .now, task: .updateRatings(user: user ?? self.user, updates: updates, refresh: refresh))
    }

    func dismissalJob(_ items: [String], milliseconds: UInt64 = 1000, refresh: Bool = true) throws -> Job {
        let version = RatingVersion(milliseconds: milliseconds, origin: 1)
        let updates = try items.map { RatingUpdate(item: try ItemID($0), change: .dismissed, version: version) }
        return Job(id: .random(), createdAt: .now, task: .updateRatings(user: user, updates: updates, refresh: refresh))
    }

    func recommendationJob(
        _ query: RecommendationQuery = .init(), audience: Job.Audience? = nil, deadline: Timestamp? = nil,
        lane: JobLane = .interactive
    ) -> Job {
        Job(
            id: .random(), createdAt: .now, deadlineAt: deadline, lane: lane,
            task: .recommend(audience ?? .user(user), query))
    }
}

extension HeldJob {
    /// A job that no broker knows of.
    init(_ job: Job, redeliveries: Int = 0, death: JobDeath? = nil, starts: Int = 0) {
        self.init(JobDelivery(job: job, redeliveries: redeliveries, death: death, settle: { _ in }), starts: starts)
    }
}

extension JobHandler {
    /// Carries out a job by itself.
    func carryOut(_ job: Job, attempt: Int) async throws(StorageError) -> JobStatus {
        try await carryOut([job], attempt: attempt)[0]
    }

    /// Carries out jobs together.
    func carryOut(_ jobs: [Job], attempt: Int = 1) async throws(StorageError) -> [JobStatus] {
        let held = jobs.map { HeldJob($0, redeliveries: attempt - 1) }
        return try await carryOut(Work(key: Work.Key(of: HeldJob(jobs[0])), jobs: held))
    }
}

/// Profiles that cannot be reached a given number of times, and then can.
actor FlakyProfiles: ProfileStore {
    private let storage: InMemoryStorage
    private let error: StorageError
    private var failures: Int

    init(_ storage: InMemoryStorage, failing failures: Int, with error: StorageError) {
        self.storage = storage
        self.failures = failures
        self.error = error
    }

    private func fail() throws(StorageError) {
        guard failures > 0 else { return }
        failures -= 1
        throw error
    }

    func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile {
        try fail()
        return try await storage.apply(updates, for: user)
    }

    func profile(of user: UserID) async throws(StorageError) -> LiveProfile {
        try fail()
        return try await storage.profile(of: user)
    }
}
