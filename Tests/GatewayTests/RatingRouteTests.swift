import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

@Suite struct RatingRouteTests {
    @Test func acceptsARatingAsAJob() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.put, "/v1/users/eve/ratings/1", #"{"rating": 4.5}"#)
        #expect(answer.status == 202)
        let id = try #require(answer["id"]?.string)
        #expect(answer.header("Location") == "/v1/jobs/\(id)")
        #expect(answer.header("Retry-After") == "1")
        #expect(answer.header("Preference-Applied") == nil)
        #expect(answer["kind"] == .string("ratings"))
        #expect(answer["status"] == .string("queued"))
        #expect(answer["deadlineAt"] == .null)
        #expect(answer["request", "count"] == .number(1))
        #expect(answer["request", "refresh"] == .bool(true))
        #expect(answer["links", "cancel"] == nil)
        #expect(answer["links", "recommendations"] == .string("/v1/users/eve/recommendations"))

        let job = try #require(gateway.queue.waitingJobs.first)
        #expect(job.id.rawValue == id)
        guard case .updateRatings(let user, let updates, let refresh) = job.task else { throw UnexpectedTask() }
        #expect(user.rawValue == "eve")
        #expect(updates.map(\.item.rawValue) == ["1"])
        #expect(updates.map(\.rating) == [4.5])
        #expect(refresh)
        #expect(answer["request", "version"] == .string(updates[0].version.description))
        #expect(try await gateway.storage.record(of: job.id)?.status == .queued)
    }

    @Test func takesARatingBack() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.delete, "/v1/users/ann/ratings/1?refresh=false")
        #expect(answer.status == 202)
        #expect(answer["request", "refresh"] == .bool(false))
        guard case .updateRatings(_, let updates, let refresh) = gateway.queue.waitingJobs.first?.task else {
            throw UnexpectedTask()
        }
        #expect(updates.map(\.rating) == [nil])
        #expect(!refresh)
    }

    @Test func acceptsManyRatingsOfWhichTheLaterHolds() async throws {
        let gateway = TestGateway()
        let body = #"{"ratings": [{"item":"1","rating":1},{"item":"2","rating":null},{"item":"1","rating":5}]}"#
        let answer = try await gateway.send(.post, "/v1/users/eve/ratings", body)
        #expect(answer.status == 202)
        #expect(answer["request", "count"] == .number(2))
        guard case .updateRatings(_, let updates, _) = gateway.queue.waitingJobs.first?.task else { throw UnexpectedTask() }
        #expect(updates.map(\.item.rawValue) == ["1", "2"])
        #expect(updates.map(\.rating) == [5, nil])
        #expect(updates[0].version < updates[1].version)
    }

    @Test func answersWithTheEndedJobToWhoWaits() async throws {
        let gateway = TestGateway()
        try await gateway.withWorker {
            let answer = try await gateway.send(
                .put, "/v1/users/eve/ratings/1", #"{"rating": 4.5}"#, headers: ["Prefer": "respond-async, wait=10"])
            #expect(answer.status == 200)
            #expect(answer.header("Preference-Applied") == "wait=10")
            #expect(answer.header("Retry-After") == nil)
            #expect(answer["status"] == .string("succeeded"))
            #expect(answer["result", "applied"] == .number(1))
            #expect(answer["result", "refreshed"] == .bool(true))
            #expect(answer["result", "recommendations", "ratingsVersion"] == answer["request", "version"])
            let items = try #require(answer["result", "recommendations", "items"]?.elements)
            #expect(!items.isEmpty)
            #expect(!items.contains { $0.members?["item"]?.members?["id"] == .string("1") })
        }
    }

    @Test func showsNoListThatHasNotSeenTheRating() async throws {
        let gateway = TestGateway()
        let user = try UserID("eve")
        try await gateway.withWorker {
            let first = try await gateway.send(
                .put, "/v1/users/eve/ratings/1?refresh=false", #"{"rating": 4.5}"#, headers: ["Prefer": "wait=10"])
            #expect(first["result", "refreshed"] == .bool(false))
            #expect(first["result", "recommendations"] == .null)
            #expect(try await gateway.storage.list(for: user) == nil)
        }
    }

    @Test func showsTheListOnlyOnceItHasSeenTheRating() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.put, "/v1/users/eve/ratings/1", #"{"rating": 4.5}"#)
        let path = try #require(accepted.header("Location"))
        let job = try #require(gateway.queue.waitingJobs.first)
        var record = try #require(try await gateway.storage.record(of: job.id))
        guard case .ratings(_, let version, _) = record.request else { throw UnexpectedTask() }
        record.status = .succeeded
        record.result = .ratings(applied: 1, refreshed: true)
        _ = try await gateway.storage.advance(to: record)
        #expect(try await gateway.send(.get, path)["result", "recommendations"] == .null)

        for (clock, isSeen) in [(version.clock - 1, false), (version.clock, true), (version.clock + 1, true)] {
            let list = RecommendationList(
                algorithm: .popularity, ratingsVersion: RatingVersion(clock: clock, origin: version.origin), items: [])
            try await gateway.storage.save(
                StoredList(generatedAt: .now, list: list), for: try UserID("eve"), lifetime: .seconds(60))
            let answer = try await gateway.send(.get, path)
            #expect((answer["result", "recommendations", "algorithm"] == .string("popularity")) == isSeen)
        }
    }

    @Test func waitsNoLongerThanAsked() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(
            .put, "/v1/users/eve/ratings/1", #"{"rating": 4.5}"#, headers: ["Prefer": "wait=1"])
        #expect(answer.status == 202)
        #expect(answer.header("Preference-Applied") == "wait=1")
        #expect(answer.header("Location") != nil)
    }

    @Test func showsTheProfileNewestFirst() async throws {
        let gateway = TestGateway()
        try await gateway.withWorker {
            for (item, rating) in [("6", "3"), ("a%2Fb", "2.5"), ("1", "1")] {
                let path = "/v1/users/ann/ratings/\(item)"
                let answer = try await gateway.send(.put, path, "{\"rating\":\(rating)}", headers: ["Prefer": "wait=10"])
                #expect(answer.status == 200)
            }
            _ = try await gateway.send(.delete, "/v1/users/ann/ratings/2", headers: ["Prefer": "wait=10"])
        }
        let answer = try await gateway.send(.get, "/v1/users/ann/ratings")
        #expect(answer.status == 200)
        #expect(answer["user"] == .string("ann"))
        #expect(answer["total"] == .number(4))
        let ratings = answer["ratings"]?.elements?.compactMap { $0.members } ?? []
        try #require(ratings.count == 4)
        #expect(ratings.map { $0["item"]?.members?["id"] } == ["1", "a/b", "6", "3"].map { .string($0) })
        #expect(ratings.map { $0["rating"] } == [1, 2.5, 3, 3].map { .number($0) })
        #expect(ratings[3]["ratedAt"] == .null)
        #expect(ratings[0]["ratedAt"]?.string?.hasSuffix("Z") == true)
        #expect(ratings[0]["item"]?.members?["title"] == .string("Toy Story"))
        #expect(ratings.map { $0["item"]?.members?["ratingCount"] } == [4, 1, 0, 3].map { .number($0) })
        #expect(
            ratings.map { $0["item"]?.members?["meanRating"] } == [
                .number(4.25), .number(5), .null, ratings[3]["item"]?.members?["meanRating"],
            ])
        #expect(ratings[0]["item"]?.members?["genres"] == .array([.string("Animation"), .string("Comedy")]))
        #expect(answer["ratingsVersion"]?.string.flatMap { RatingVersion($0) } != nil)

        let page = try await gateway.send(.get, "/v1/users/ann/ratings?pageSize=3")
        let token = try #require(page["nextPageToken"]?.string)
        let rest = try await gateway.send(.get, "/v1/users/ann/ratings?pageSize=3&pageToken=\(token)")
        #expect(rest["ratings", "0", "item", "id"] == .string("3"))
        #expect(rest["nextPageToken"] == nil)
        #expect(try await gateway.send(.get, "/v1/users/bob/ratings?pageToken=\(token)").code == "invalid_page_token")
    }

    @Test func showsAnEmptyProfileOfAStranger() async throws {
        let answer = try await TestGateway().send(.get, "/v1/users/nobody/ratings")
        #expect(answer.status == 200)
        #expect(answer["total"] == .number(0))
        #expect(answer["ratings"] == .array([]))
        #expect(answer["ratingsVersion"] == .null)
    }

    @Test func givesVersionsThatAscendEvenIfTheClockGoesBack() {
        let clock = RatingClock(origin: 7)
        let versions = [5000, 5000, 1, -3, 5001].map { clock.next(at: Timestamp(milliseconds: $0)) }
        #expect(versions == versions.sorted())
        #expect(Set(versions).count == versions.count)
        #expect(versions.allSatisfy { $0.origin == 7 })
        #expect(versions.last?.milliseconds == 5001)
    }
}

/// Gateways whose clocks differ.
@Suite struct ClockKeeperTests {
    private let hour: Int64 = 3_600_000

    @Test func theLaterRatingHoldsThoughItsGatewaysClockIsAnHourBehind() async {
        let shared = InMemorySharedClock()
        let (ahead, behind) = (RatingClock(origin: 1), RatingClock(origin: 2))
        let first = ahead.next(at: Timestamp(milliseconds: 2 * hour))
        await ClockKeeper(clock: ahead, shared: shared).synchronize()
        await ClockKeeper(clock: behind, shared: shared).synchronize()
        let second = behind.next(at: Timestamp(milliseconds: hour))
        #expect(second > first && second.origin == 2)
    }

    @Test func aGatewayThatComesBackWithItsClockSetBackGoesOnWhereItWas() async {
        let shared = InMemorySharedClock()
        let before = RatingClock(origin: 1)
        let last = before.next(500, at: Timestamp(milliseconds: 2 * hour)).advanced(by: 499)
        await ClockKeeper(clock: before, shared: shared).synchronize()
        let after = RatingClock(origin: 3)
        await ClockKeeper(clock: after, shared: shared).synchronize()
        #expect(after.next(at: Timestamp(milliseconds: hour)) > last)
    }

    @Test func hearingOfAnEarlierVersionChangesNothing() {
        let clock = RatingClock(origin: 1)
        let first = clock.next(at: Timestamp(milliseconds: hour))
        clock.observe(RatingVersion(clock: 5, origin: 9))
        #expect(clock.latest == first)
    }
}

/// The queue does not hold what the test expects.
struct UnexpectedTask: Error {}
