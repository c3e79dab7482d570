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
}

extension WorkerFixture {
    func ratingUpdates(_ ratings: [(String, Double?)]) throws -> [RatingUpdate] {
        guard case .updateRatings(_, let updates, _) = try ratingJob(ratings).task else { return [] }
        return updates
    }
}
