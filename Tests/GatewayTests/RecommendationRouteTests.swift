import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

@Suite struct RecommendationRouteTests {
    @Test(arguments: [("interactive", 30), ("batch", 3600)])
    func takesItsTimeAsThePriorityHasIt(priority: String, seconds: Int) async throws {
        let clock = ManualClock()
        let gateway = TestGateway(now: { clock.now })
        let lane = try #require(JobLane(rawValue: priority))
        let deadline = clock.now + .seconds(seconds)
        for (path, body) in [
            ("/v1/users/ann/recommendations", #"{"priority":"\#(priority)"}"#),
            ("/v1/recommendations", #"{"ratings":[],"priority":"\#(priority)"}"#),
        ] {
            let answer = try await gateway.send(.post, path, body)
            #expect(answer.status == 202)
            #expect(answer["request", "priority"] == .string(priority))
            #expect(answer["deadlineAt"] == .string(deadline.iso8601))
            let job = try #require(gateway.queue.waitingJobs.last)
            #expect(job.lane == lane)
            #expect(job.deadlineAt == deadline)
            #expect(try await gateway.storage.record(of: job.id)?.lane == lane)
        }
    }

    @Test func acceptsARequestWithoutABody() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.post, "/v1/users/ann/recommendations")
        #expect(answer.status == 202)
        #expect(answer["kind"] == .string("recommendations"))
        #expect(answer["request"] == .object(["priority": .string("interactive")]))
        #expect(answer["deadlineAt"]?.string != nil)
        #expect(answer["links", "cancel"] == answer["links", "self"])
        let job = try #require(gateway.queue.waitingJobs.first)
        #expect(job.deadlineAt == job.createdAt + .seconds(30))
        #expect(job.task == .recommend(.user(try UserID("ann")), RecommendationQuery()))
    }

    @Test func passesOnWhatIsAskedFor() async throws {
        let gateway = TestGateway()
        let body =
            #"{"count":7,"algorithm":"classic","similarity":"pearson","neighbours":9,"genres":["Comedy","Thriller"]}"#
        let answer = try await gateway.send(.post, "/v1/users/ann/recommendations", body)
        #expect(answer.status == 202)
        #expect(answer["request", "genres"] == .array([.string("Comedy"), .string("Thriller")]))
        let query = RecommendationQuery(
            count: 7, algorithm: .classic, similarity: .pearson, neighbours: 9, genres: ["Comedy", "Thriller"])
        #expect(gateway.queue.waitingJobs.first?.task == .recommend(.user(try UserID("ann")), query))
        let nulls = #"{"count":null,"algorithm":null,"similarity":null,"neighbours":null,"genres":null}"#
        #expect(try await gateway.send(.post, "/v1/users/ann/recommendations", nulls).status == 202)
        #expect(gateway.queue.waitingJobs.last?.task == .recommend(.user(try UserID("ann")), RecommendationQuery()))
    }

    @Test func answersWithTheListToWhoWaits() async throws {
        let gateway = TestGateway()
        try await gateway.withWorker {
            let answer = try await gateway.send(
                .post, "/v1/users/bob/recommendations", #"{"count":3}"#, headers: ["Prefer": "wait=10"])
            #expect(answer.status == 200)
            #expect(answer.header("Preference-Applied") == "wait=10")
            #expect(answer.header("Content-Location")?.hasPrefix("/v1/jobs/") == true)
            #expect(answer["algorithm"] == .string("user-neighbors"))
            #expect(answer["ratingsVersion"] == .null)
            let items = try #require(answer["items"]?.elements)
            #expect(!items.isEmpty)
            #expect(answer["items", "0", "rank"] == .number(1))
            #expect(answer["items", "0", "item", "title"]?.string != nil)
            #expect(answer["items", "0", "score"]?.number != nil)
            #expect(answer["items", "0", "because", "0", "item", "title"]?.string != nil)
            #expect(answer["items", "0", "because", "0", "rating"]?.number != nil)
        }
    }

    @Test func recommendsToGuests() async throws {
        let gateway = TestGateway()
        let body = #"{"ratings":[{"item":"1","rating":2},{"item":"2","rating":4},{"item":"1","rating":5}],"count":2}"#
        try await gateway.withWorker {
            let answer = try await gateway.send(.post, "/v1/recommendations", body, headers: ["Prefer": "wait=10"])
            #expect(answer.status == 200)
            #expect(answer["items"]?.elements?.count == 2)
        }
        let accepted = try await gateway.send(.post, "/v1/recommendations", body)
        #expect(accepted.status == 202)
        #expect(accepted["links", "recommendations"] == nil)
        let ratings = [Job.GuestRating(item: try ItemID("1"), rating: 5), Job.GuestRating(item: try ItemID("2"), rating: 4)]
        #expect(gateway.queue.waitingJobs.first?.task == .recommend(.guest(ratings), RecommendationQuery(count: 2)))
    }

    @Test func showsTheLastListWithATag() async throws {
        let gateway = TestGateway()
        try await gateway.withWorker {
            let rated = try await gateway.send(
                .put, "/v1/users/eve/ratings/1", #"{"rating":5}"#, headers: ["Prefer": "wait=10"])
            let answer = try await gateway.send(.get, "/v1/users/eve/recommendations")
            #expect(answer.status == 200)
            #expect(answer["ratingsVersion"] == rated["request", "version"])
            #expect(answer.header("Cache-Control") == "private, no-cache")
            let tag = try #require(answer.header("ETag"))
            for offered in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await gateway.send(
                    .get, "/v1/users/eve/recommendations", headers: ["If-None-Match": offered])
                #expect(again.status == 304, "\(offered)")
                #expect(again.bytes.isEmpty)
                #expect(again.header("ETag") == tag)
            }
            let other = try await gateway.send(
                .get, "/v1/users/eve/recommendations", headers: ["If-None-Match": "\"other\""])
            #expect(other.status == 200)
            _ = try await gateway.send(.put, "/v1/users/eve/ratings/2", #"{"rating":5}"#, headers: ["Prefer": "wait=10"])
            let changed = try await gateway.send(
                .get, "/v1/users/eve/recommendations", headers: ["If-None-Match": tag])
            #expect(changed.status == 200)
            #expect(changed.header("ETag") != tag)
        }
    }

    @Test(arguments: [(JobStatus.failed, 500, "job_failed"), (.cancelled, 409, "job_cancelled"), (.expired, 503, "job_expired")])
    func saysHowElseAWaitedJobEnded(status: JobStatus, expected: Int, code: String) async throws {
        let gateway = TestGateway()
        let worker = TestWorker { record in
            var record = record
            record.status = status
            record.result = nil
            record.failure = status == .failed ? .init(code: "storage_rejected", detail: "It did not work.") : nil
            return record
        }
        try await gateway.withWorker(worker) {
            let answer = try await gateway.send(.post, "/v1/users/ann/recommendations", headers: ["Prefer": "wait=10"])
            #expect(answer.status == expected)
            #expect(answer.code == code)
            #expect(answer.header("Content-Location")?.hasPrefix("/v1/jobs/") == true)
            if status == .failed { #expect(answer["detail"] == .string("It did not work.")) }
        }
    }

    @Test func showsItemsThatTheCatalogueLost() async throws {
        let gateway = TestGateway()
        let list = RecommendationList(
            algorithm: .popularity,
            items: [
                Recommendation(
                    item: try ItemID("gone"), score: .infinity, because: [Because(item: try ItemID("lost"), rating: 4)])
            ])
        try await gateway.storage.save(
            StoredList(generatedAt: .now, list: list), for: try UserID("eve"), lifetime: .seconds(60))
        let answer = try await gateway.send(.get, "/v1/users/eve/recommendations")
        #expect(answer["items", "0", "item", "title"] == .string("gone"))
        #expect(answer["items", "0", "item", "year"] == .null)
        #expect(answer["items", "0", "score"] == .null)
        #expect(answer["items", "0", "because", "0", "item", "title"] == .string("lost"))
        #expect(answer["similarity"] == .null)
    }
}
