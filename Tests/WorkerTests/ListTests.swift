import Jobs
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Worker

/// What else than ratings decides what is listed, and for whom.
@Suite struct ListTests {
    let fixture: WorkerFixture

    init() throws { fixture = try WorkerFixture() }

    @Test func whatWasShownIsLeftOutWhereThatIsAskedFor() async throws {
        let all = try await list(popular())
        let shown = Array(all.prefix(3))
        let now = Timestamp.now
        try await fixture.storage.note(shown, shownTo: fixture.user, at: now, policy: ImpressionPolicy())
        #expect(try await list(popular()) == all)
        #expect(try await list(popular(excludesShown: true)) == Array(all.dropFirst(3)))
        #expect(try await list(popular(excludesShown: true), for: .guest([])) == all)

        // Where lists are without it by themselves, that of a rating is too.
        var handler = fixture.handler()
        handler.impressionPolicy.isExcluded = true
        #expect(try await list(popular(), by: handler) == Array(all.dropFirst(3)))
        #expect(try await list(popular(excludesShown: false), by: handler) == all)
        #expect(try await handler.carryOut(fixture.ratingJob([("a9", 5)]), attempt: 1) == .succeeded)
        let stored = try #require(try await fixture.storage.list(for: fixture.user)).list.items.map(\.item)
        #expect(!stored.isEmpty && Set(stored).isDisjoint(with: shown))
    }

    @Test func whatWasShownLongAgoComesBack() async throws {
        let all = try await list(popular())
        var policy = ImpressionPolicy()
        policy.lifetime = .seconds(3600)
        let start = Timestamp.now
        try await fixture.storage.note([all[0]], shownTo: fixture.user, at: start, policy: policy)
        for (age, first) in [(Duration.seconds(3600), all[1]), (.milliseconds(3_600_001), all[0])] {
            var handler = fixture.handler(now: { start + age })
            handler.impressionPolicy = policy
            #expect(try await list(popular(excludesShown: true), by: handler).first == first)
        }
    }

    @Test func aGroupsListHasNothingThatAnyOfThemKnows() async throws {
        let (ann, bob) = (try UserID("ann"), try UserID("bob"))
        _ = try await fixture.storage.apply(try fixture.ratingUpdates([("a1", 5), ("a2", 5)]), for: ann)
        _ = try await fixture.storage.apply(try fixture.ratingUpdates([("b1", 5), ("b2", 5)]), for: bob)
        var query = popular()
        query.aggregation = .average
        let all = Set(try await list(query, for: .group([ann, bob])).map(\.rawValue))
        #expect(!all.isEmpty && all.isDisjoint(with: ["a1", "a2", "b1", "b2"]))
        // Nor what was shown to any of them.
        let shown = try #require(all.sorted().first)
        try await fixture.storage.note([try ItemID(shown)], shownTo: bob, at: .now, policy: ImpressionPolicy())
        query.excludesShown = true
        #expect(Set(try await list(query, for: .group([ann, bob])).map(\.rawValue)) == all.subtracting([shown]))
        #expect(try await fixture.storage.list(for: ann) == nil)
    }

    @Test func onlyWhatIsLikeOtherListsIsKeptAsTheUsers() async throws {
        var shaped = popular()
        shaped.excludedGenres = ["b"]
        for query in [shaped, RecommendationQuery(count: 101, algorithm: .popularity)] {
            #expect(try await !list(query).isEmpty)
            #expect(try await fixture.storage.list(for: fixture.user) == nil)
        }
        #expect(try await !list(popular()).isEmpty)
        #expect(try await fixture.storage.list(for: fixture.user) != nil)
    }

    /// Users of the files can be found too, if they agreed; nobody else is, and nobody learns who they are.
    @Test func onlyWhoAgreedFindsAndIsFound() async throws {
        let storage = fixture.storage
        _ = try await storage.apply(try fixture.ratingUpdates([("a1", 5), ("a2", 5), ("a3", 5), ("b1", 1)]), for: fixture.user)
        #expect(try await similarUsers() == [])
        for user in ["u2", "u4"] { try await storage.setVisible(true, UserID(user)) }
        #expect(try await similarUsers() == [])
        try await storage.setVisible(true, fixture.user)
        let found = try await similarUsers()
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.similarity > 0 && $0.sharedItems > 0 && !$0.best.isEmpty })
        #expect(try await similarUsers(RecommendationQuery(count: 1)) == Array(found.prefix(1)))
        try await storage.setVisible(false, UserID("u2"))
        #expect(try await similarUsers().count == 1)
        try await storage.setVisible(false, fixture.user)
        #expect(try await similarUsers() == [])
    }

    private func similarUsers(_ query: RecommendationQuery = .init()) async throws -> [SimilarUser] {
        let job = Job(id: .random(), createdAt: .now, task: .findSimilarUsers(fixture.user, query))
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)
        guard case .similarUsers(let users) = try await fixture.storage.record(of: job.id)?.result else {
            Issue.record("no users")
            return []
        }
        return users
    }

    private func popular(excludesShown: Bool? = nil) -> RecommendationQuery {
        var query = RecommendationQuery(count: 20, algorithm: .popularity)
        query.excludesShown = excludesShown
        return query
    }

    /// What a job comes to.
    private func list(
        _ query: RecommendationQuery, for audience: Job.Audience? = nil, by handler: JobHandler? = nil
    ) async throws -> [ItemID] {
        let job = fixture.recommendationJob(query, audience: audience)
        #expect(try await (handler ?? fixture.handler()).carryOut(job, attempt: 1) == .succeeded)
        guard case .recommendations(let stored) = try await fixture.storage.record(of: job.id)?.result else {
            Issue.record("no list")
            return []
        }
        return stored.list.items.map(\.item)
    }
}
