import Experiments
import Jobs
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Worker

/// What experiments change in a worker's lists, and what is counted of ratings.
@Suite(.timeLimit(.minutes(1))) struct ExperimentTests {
    private let fixture: WorkerFixture
    private let store = InMemoryExperiments()
    private let experiment = Experiment(
        name: "e", start: .now + .seconds(-3600), end: .now + .seconds(3600), window: .seconds(3600),
        variants: [
            ExperimentVariant(name: "neighbours", share: 0.5),
            ExperimentVariant(name: "popular", share: 0.5, query: RecommendationQuery(count: 3, algorithm: .popularity)),
        ])

    init() throws { fixture = try WorkerFixture() }

    private func handler(profiles: (any ProfileStore)? = nil) -> JobHandler {
        fixture.handler(
            profiles: profiles ?? fixture.storage, experiments: ExperimentRecorder(ExperimentPlan([experiment]), in: store))
    }

    private func user(in variant: String) throws -> UserID {
        try #require((0..<100).map { UserID(checked: "u\($0)") }.first { experiment.variant(of: $0)?.name == variant })
    }

    private func list(of job: Job) async throws -> StoredList {
        guard case .recommendations(let list) = try await fixture.storage.record(of: job.id)?.result else {
            throw StorageError(.rejected, "no list")
        }
        return list
    }

    @Test(arguments: [("neighbours", Algorithm.userNeighbors), ("popular", .popularity)])
    func usersGetTheListsOfTheirVariants(variant: String, algorithm: Algorithm) async throws {
        let user = try user(in: variant)
        let assignments = [VariantAssignment(experiment: "e", variant: variant, phase: experiment.phase)]
        let job = fixture.recommendationJob(audience: .user(user))
        #expect(try await handler().carryOut(job, attempt: 1) == .succeeded)
        let asked = try await list(of: job)
        #expect(asked.list.algorithm == algorithm)
        #expect(asked.experiments == assignments)
        // Anew after a rating.
        #expect(try await handler().carryOut(fixture.ratingJob([("b1", 5)], of: user), attempt: 1) == .succeeded)
        let stored = try #require(try await fixture.storage.list(for: user))
        #expect(stored.list.algorithm == algorithm)
        #expect(stored.experiments == assignments)
        #expect(stored.list.items.count == (variant == "popular" ? 3 : stored.list.items.count))
    }

    @Test func whoNamesAnAlgorithmAndGuestsTakeNoPart() async throws {
        let named = fixture.recommendationJob(.init(algorithm: .classic), audience: .user(try user(in: "popular")))
        let guest = fixture.recommendationJob(audience: .guest([]))
        for job in [named, guest] {
            #expect(try await handler().carryOut(job, attempt: 1) == .succeeded)
            #expect(try await list(of: job).experiments.isEmpty)
        }
        #expect(try await list(of: named).list.algorithm == .classic)
    }

    @Test func ratingsOfWhatWasHandedOutCountOnce() async throws {
        let user = try user(in: "popular")
        let assignment = VariantAssignment(experiment: "e", variant: "popular", phase: experiment.phase)
        let items = ["a1", "a2"].map { ItemID(checked: $0) }
        try await store.countExposure(of: items, to: user, in: [(experiment, assignment)], at: .now + .seconds(-5))
        let job = try fixture.ratingJob([("a1", 5), ("b1", 2), ("a2", nil)], of: user)
        for attempt in 1...3 { #expect(try await handler().carryOut(job, attempt: attempt) == .succeeded) }
        let total = { try await store.counts(of: experiment).total(.sum(.ratings), of: "popular") }
        #expect(try await eventually { try await total() == 1 })
        let dismissal = Job(
            id: .random(), createdAt: .now,
            task: .updateRatings(
                user: user,
                updates: [
                    RatingUpdate(item: items[1], change: .dismissed, version: RatingVersion(milliseconds: 2000, origin: 1))
                ],
                refresh: false))
        #expect(try await handler().carryOut(dismissal, attempt: 1) == .succeeded)
        #expect(try await eventually { try await store.counts(of: experiment).total(.sum(.dislikes), of: "popular") == 1 })
        #expect(try await total() == 1)
    }

    /// Counting may take for ever, or fail: the rating is applied all the same.
    @Test func nothingWaitsForTheCounts() async throws {
        let user = try user(in: "popular")
        let handler = fixture.handler(
            profiles: fixture.storage, experiments: ExperimentRecorder(ExperimentPlan([experiment]), in: DeafStore()))
        for number in 0..<1200 {
            let job = try fixture.ratingJob([("a1", 5)], of: user, milliseconds: UInt64(1000 + number), refresh: false)
            #expect(try await handler.carryOut(job, attempt: 1) == .succeeded)
        }
        #expect(try await fixture.storage.profile(of: user).updates.count == 1)
    }

    @Test func logLinesNameTheVariant() throws {
        let job = fixture.recommendationJob(audience: .user(try user(in: "popular")))
        #expect(handler().assignments(of: job, at: .now).map(\.variant) == ["popular"])
        #expect(handler().assignments(of: fixture.recommendationJob(audience: .guest([])), at: .now).isEmpty)
    }
}

/// Never answers.
private struct DeafStore: ExperimentStore {
    func countExposure(
        of items: [ItemID], to user: UserID, in experiments: [(Experiment, VariantAssignment)], at moment: Timestamp
    ) async throws(StorageError) {}

    func countOutcomes(
        _ outcomes: [ObservedOutcome], of user: UserID, in experiments: [Experiment]
    ) async throws(StorageError) {
        try? await Task.sleep(for: .seconds(3600))
    }

    func counts(of experiment: Experiment) async throws(StorageError) -> ExperimentCounts { ExperimentCounts() }
}
