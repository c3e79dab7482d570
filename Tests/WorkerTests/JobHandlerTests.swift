import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Worker

@Suite struct JobHandlerTests {
    let fixture: WorkerFixture

    init() throws { fixture = try WorkerFixture() }

    @Test func appliesTheRatingsAndComputesTheListAnew() async throws {
        let job = try fixture.ratingJob([("a1", 5), ("a2", 4.5)])
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)

        let profile = try await fixture.storage.profile(of: fixture.user)
        #expect(profile.updates.count == 2)
        let stored = try #require(try await fixture.storage.list(for: fixture.user))
        #expect(stored.list.ratingsVersion == profile.version)
        #expect(stored.list.items.first?.item.rawValue.first == "a")
        #expect(!stored.list.items.contains { ["a1", "a2"].contains($0.item.rawValue) })
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .succeeded)
        #expect(record.result == .ratings(applied: 2, refreshed: true))
        #expect(record.startedAt != nil && record.finishedAt != nil && record.attempt == 1)
    }

    @Test func doingAJobTwiceChangesNothing() async throws {
        let job = try fixture.ratingJob([("a1", 5)])
        _ = try await fixture.handler().carryOut(job, attempt: 1)
        let record = try await fixture.storage.record(of: job.id)
        let profile = try await fixture.storage.profile(of: fixture.user)
        #expect(try await fixture.handler().carryOut(job, attempt: 2) == .succeeded)
        #expect(try await fixture.storage.record(of: job.id) == record)
        #expect(try await fixture.storage.profile(of: fixture.user) == profile)
    }

    @Test func aLateOldRatingDoesNotReplaceANewerOne() async throws {
        let old = try fixture.ratingJob([("a1", 1)], milliseconds: 1000)
        let new = try fixture.ratingJob([("a1", 5)], milliseconds: 2000)
        _ = try await fixture.handler().carryOut(new, attempt: 1)
        _ = try await fixture.handler().carryOut(old, attempt: 1)
        let profile = try await fixture.storage.profile(of: fixture.user)
        #expect(profile.updates.values.map(\.rating) == [5])
        let record = try #require(try await fixture.storage.record(of: old.id))
        #expect(record.result == .ratings(applied: 0, refreshed: true))
    }

    @Test func computesNoListWhenNoneIsWanted() async throws {
        let job = try fixture.ratingJob([("a1", 5)], refresh: false)
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)
        #expect(try await fixture.storage.list(for: fixture.user) == nil)
        #expect(try await fixture.storage.record(of: job.id)?.result == .ratings(applied: 1, refreshed: false))
    }

    @Test func aRatingTakenBackNoLongerCounts() async throws {
        _ = try await fixture.handler().carryOut(fixture.ratingJob([("a1", 5)], milliseconds: 1), attempt: 1)
        _ = try await fixture.handler().carryOut(fixture.ratingJob([("a1", nil)], milliseconds: 2), attempt: 1)
        let stored = try #require(try await fixture.storage.list(for: fixture.user))
        #expect(stored.list.fallback == .popularity)
        #expect(stored.list.items.contains { $0.item.rawValue == "a1" })
    }

    @Test func aDismissedItemIsReplacedAtOnceAndForGood() async throws {
        _ = try await fixture.handler().carryOut(fixture.ratingJob([("a1", 5)], milliseconds: 1), attempt: 1)
        let before = try #require(try await fixture.storage.list(for: fixture.user)).list.items.map(\.item.rawValue)
        let dismissed = Array(before.prefix(2))
        let job = try fixture.dismissalJob(dismissed, milliseconds: 2)
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)
        #expect(try await fixture.storage.record(of: job.id)?.result == .ratings(applied: 2, refreshed: true))
        let after = try #require(try await fixture.storage.list(for: fixture.user)).list
        #expect(after.items.map(\.item.rawValue) == before.filter { !dismissed.contains($0) })
        #expect(after.ratingsVersion == RatingVersion(milliseconds: 2, origin: 1))

        let asked = fixture.recommendationJob(RecommendationQuery(count: 3, algorithm: .popularity, genres: ["a"]))
        _ = try await fixture.handler().carryOut(asked, attempt: 1)
        guard case .recommendations(let stored) = try await fixture.storage.record(of: asked.id)?.result else {
            Issue.record("no list")
            return
        }
        #expect(stored.list.items.count == 3 && !stored.list.items.contains { dismissed.contains($0.item.rawValue) })

        _ = try await fixture.handler().carryOut(fixture.ratingJob([(dismissed[0], nil)], milliseconds: 3), attempt: 1)
        let again = try #require(try await fixture.storage.list(for: fixture.user)).list
        #expect(again.items.map(\.item.rawValue) == before.filter { $0 != dismissed[1] })
    }

    @Test func ratingsAndDismissalsOfABurstCostOneList() async throws {
        let jobs = [
            try fixture.ratingJob([("a1", 5)], milliseconds: 1), try fixture.dismissalJob(["a2", "a1"], milliseconds: 2),
            try fixture.ratingJob([("a3", 5), ("a2", 4)], milliseconds: 3),
        ]
        #expect(try await fixture.handler().carryOut(jobs) == Array(repeating: .succeeded, count: 3))
        let profile = try await fixture.storage.profile(of: fixture.user)
        #expect(profile.updates.count == 3)
        #expect(profile.updates[try ItemID("a1")]?.change == .dismissed)
        let list = try #require(try await fixture.storage.list(for: fixture.user)).list
        #expect(list.ratingsVersion == profile.version)
        #expect(!list.items.contains { ["a1", "a2", "a3"].contains($0.item.rawValue) })
    }

    @Test func recommendsToAUserAndKeepsTheList() async throws {
        _ = try await fixture.storage.apply(try fixture.ratingUpdates([("b1", 5), ("b2", 5)]), for: fixture.user)
        let job = fixture.recommendationJob(RecommendationQuery(count: 3))
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)
        let record = try #require(try await fixture.storage.record(of: job.id))
        guard case .recommendations(let stored) = record.result else {
            Issue.record("no list in \(record)")
            return
        }
        #expect(stored.list.items.count == 3)
        #expect(stored.list.items.allSatisfy { $0.item.rawValue.first == "b" })
        #expect(try await fixture.storage.list(for: fixture.user) == stored)
    }

    @Test func aFilteredListIsNotKeptAsTheUsers() async throws {
        let job = fixture.recommendationJob(RecommendationQuery(genres: ["a"]))
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)
        #expect(try await fixture.storage.list(for: fixture.user) == nil)
    }

    @Test func recommendsToAGuestFromTheRatingsAlone() async throws {
        let ratings = try ["b1", "b3"].map { Job.GuestRating(item: try ItemID($0), rating: 5) }
        let job = fixture.recommendationJob(audience: .guest(ratings))
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .succeeded)
        let record = try #require(try await fixture.storage.record(of: job.id))
        guard case .recommendations(let stored) = record.result else {
            Issue.record("no list in \(record)")
            return
        }
        #expect(record.user == nil && stored.list.ratingsVersion == nil)
        #expect(stored.list.items.first?.item.rawValue.first == "b")
        #expect(!stored.list.items.contains { ["b1", "b3"].contains($0.item.rawValue) })
    }

    @Test func doesNotStartWhatIsPastItsDeadline() async throws {
        let job = fixture.recommendationJob(deadline: Timestamp(milliseconds: 1000))
        let handler = fixture.handler(now: { Timestamp(milliseconds: 1001) })
        #expect(try await handler.carryOut(job, attempt: 1) == .expired)
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .expired && record.startedAt == nil && record.result == nil)
    }

    @Test func leavesACancelledJobAlone() async throws {
        let job = fixture.recommendationJob()
        var cancelled = JobRecord(of: job)
        cancelled.status = .cancelled
        _ = try await fixture.storage.advance(to: cancelled)
        #expect(try await fixture.handler().carryOut(job, attempt: 1) == .cancelled)
        #expect(try await fixture.storage.record(of: job.id)?.result == nil)
    }

    @Test func aBurstOfOneUserIsAppliedAsAWholeAndEveryJobSeesIt() async throws {
        let jobs = try (0..<5).map { try fixture.ratingJob([("a\($0)", 5)], milliseconds: UInt64($0)) }
        #expect(try await fixture.handler().carryOut(jobs) == Array(repeating: .succeeded, count: 5))
        let profile = try await fixture.storage.profile(of: fixture.user)
        #expect(profile.updates.count == 5)
        #expect(try await fixture.storage.list(for: fixture.user)?.list.ratingsVersion == profile.version)
        for job in jobs {
            let record = try #require(try await fixture.storage.record(of: job.id))
            #expect(record.status == .succeeded && record.result == .ratings(applied: 1, refreshed: true))
        }
    }

    @Test func aRecommendationAmongRatingsSeesThem() async throws {
        let asked = fixture.recommendationJob(RecommendationQuery(count: 2))
        let jobs = [try fixture.ratingJob([("b1", 5)]), asked, fixture.recommendationJob(RecommendationQuery(count: 2))]
        #expect(try await fixture.handler().carryOut(jobs) == Array(repeating: .succeeded, count: 3))
        let records = try await fixture.storage.records(of: [jobs[1].id, jobs[2].id])
        #expect(records[0]?.result == records[1]?.result)
        guard case .recommendations(let stored) = records[0]?.result else {
            Issue.record("no list")
            return
        }
        #expect(stored.list.ratingsVersion != nil && stored.list.items.count == 2)
        // What the user gets who does not say is not replaced by what was asked for beside it.
        #expect(try await fixture.storage.list(for: fixture.user)?.list.items.count ?? 0 > 2)
    }

    @Test func amongJobsDoneTogetherTheEndedOnesStayAsTheyAre() async throws {
        let late = fixture.recommendationJob(deadline: Timestamp(milliseconds: 1))
        let unwanted = fixture.recommendationJob()
        var record = JobRecord(of: unwanted)
        record.status = .cancelled
        _ = try await fixture.storage.advance(to: record)
        let rating = try fixture.ratingJob([("a1", 5)])
        let wanted = fixture.recommendationJob()
        let outcomes = try await fixture.handler().carryOut([late, unwanted, rating, wanted])
        #expect(outcomes == [.expired, .cancelled, .succeeded, .succeeded])
        #expect(try await fixture.storage.record(of: unwanted.id)?.result == nil)
        #expect(try await fixture.storage.record(of: late.id)?.startedAt == nil)
    }

    @Test func saysThatADeadJobHasFailed() async throws {
        let job = try fixture.ratingJob([("a1", 5)])
        let death = JobDeath(reason: .deliveryLimit, queue: "ratings.apply", deliveries: 21)
        let work = Work(key: .obituaries, jobs: [HeldJob(job, death: death)])
        #expect(try await fixture.handler().carryOut(work) == [.failed])
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .failed && record.failure?.code == "job_dead" && record.attempt == 21)
        #expect(try await fixture.storage.profile(of: fixture.user).updates.isEmpty)
    }

    @Test func whatWasStartedBeforeIsMarkedWhenItIsStartedAgain() async throws {
        let job = try fixture.ratingJob([("a1", 5)])
        let profiles = FlakyProfiles(fixture.storage, failing: .max, with: StorageError(.rejected, "no"))
        await #expect(throws: StorageError.self) { try await fixture.handler(profiles: profiles).carryOut(job, attempt: 2) }
        let record = try #require(try await fixture.storage.record(of: job.id))
        #expect(record.status == .running && record.attempt == 2)
    }

    @Test func aComputationThatNobodyWantsAnyMoreIsCancelled() async throws {
        let computations = Computations(jobs: fixture.storage)
        let job = fixture.recommendationJob()
        var record = JobRecord(of: job)
        (record.status, record.attempt) = (.running, 1)
        let running = record
        let begun = AsyncStream<Void>.makeStream()
        async let outcome: Void = computations.run(for: [running]) { () throws(CancellationError) in
            begun.continuation.yield()
            while !Task.isCancelled {}
            throw CancellationError()
        }
        for await _ in begun.stream { break }
        let later = ContinuousClock.now + Computations.interval
        await computations.look(at: later)
        #expect(try await fixture.storage.record(of: job.id)?.status == .running)
        record.status = .cancelled
        _ = try await fixture.storage.advance(to: record)
        await computations.look(at: later)
        do {
            try await outcome
            Issue.record("not cancelled")
        } catch {
            #expect(error is CancellationError)
        }
    }
}

extension WorkerFixture {
    func ratingUpdates(_ ratings: [(String, Double?)]) throws -> [RatingUpdate] {
        guard case .updateRatings(_, let updates, _) = try ratingJob(ratings).task else { return [] }
        return updates
    }
}
