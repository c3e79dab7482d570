import Hummingbird
import Jobs
import Messaging
import Recommenders
import Storage
import Testing

@testable import Gateway

@Suite struct NotInterestedRouteTests {
    @Test func acceptsADismissalAsARatingsJob() async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.put, "/v1/users/eve/not-interested/a%2Fb?refresh=false")
        #expect(answer.status == 202)
        #expect(answer["kind"] == .string("ratings") && answer["status"] == .string("queued"))
        #expect(answer["request", "count"] == .number(1) && answer["request", "refresh"] == .bool(false))
        #expect(answer.header("Location") == answer["id"]?.string.map { "/v1/jobs/\($0)" })
        guard case .updateRatings(let user, let updates, let refresh) = gateway.queue.waitingJobs.first?.task else {
            throw UnexpectedTask()
        }
        #expect(user.rawValue == "eve" && !refresh)
        #expect(updates.map(\.item.rawValue) == ["a/b"] && updates.map(\.change) == [.dismissed])
    }

    @Test func takesADismissalBack() async throws {
        let gateway = TestGateway()
        #expect(try await gateway.send(.delete, "/v1/users/eve/not-interested/1").status == 202)
        guard case .updateRatings(_, let updates, _) = gateway.queue.waitingJobs.first?.task else { throw UnexpectedTask() }
        #expect(updates.map(\.change) == [.removed])
    }

    @Test func isRecognizedWhenItIsSentAgain() async throws {
        let gateway = TestGateway()
        let (path, key) = ("/v1/users/eve/not-interested/1", ["Idempotency-Key": "k"])
        let first = try await gateway.send(.put, path, headers: key)
        let second = try await gateway.send(.put, path, headers: key)
        #expect(first["id"] == second["id"] && first["request", "version"] == second["request", "version"])
        #expect(try await gateway.send(.delete, path, headers: key).code == "idempotency_key_reused")
        #expect(gateway.queue.waitingJobs.count == 1)
    }

    @Test func aDismissedItemIsNotRecommendedUntilItIsRatedOrTheDismissalTakenBack() async throws {
        let gateway = TestGateway()
        let wait = ["Prefer": "wait=10"]
        func recommended(_ answer: TestAnswer) -> [String] {
            answer["result", "recommendations", "items"]?.elements?.compactMap {
                $0.members?["item"]?.members?["id"]?.string
            } ?? []
        }
        try await gateway.withWorker {
            let rated = try await gateway.send(.put, "/v1/users/eve/ratings/1", #"{"rating":5}"#, headers: wait)
            #expect(recommended(rated).contains("2"))
            let dismissed = try await gateway.send(.put, "/v1/users/eve/not-interested/2", headers: wait)
            #expect(dismissed.status == 200 && dismissed["result", "applied"] == .number(1))
            #expect(recommended(dismissed) == recommended(rated).filter { $0 != "2" } && !recommended(dismissed).isEmpty)
            let asked = try await gateway.send(.post, "/v1/users/eve/recommendations", headers: wait)
            #expect(asked["items"]?.elements?.contains { $0.members?["item"]?.members?["id"] == .string("2") } == false)

            // Dismissing ends a rating, rating ends a dismissal.
            _ = try await gateway.send(.put, "/v1/users/eve/not-interested/1", headers: wait)
            #expect(try await gateway.send(.get, "/v1/users/eve/ratings")["total"] == .number(0))
            _ = try await gateway.send(.put, "/v1/users/eve/ratings/2", #"{"rating":4}"#, headers: wait)
            let left = try await gateway.send(.get, "/v1/users/eve/not-interested")
            #expect(left["items"]?.elements?.compactMap { $0.members?["id"]?.string } == ["1"])
            let back = try await gateway.send(.delete, "/v1/users/eve/not-interested/1", headers: wait)
            #expect(recommended(back).contains("1"))
            #expect(try await gateway.send(.get, "/v1/users/eve/not-interested")["total"] == .number(0))
        }
    }

    @Test func dismissingEndsARatingOfTheDataSet() async throws {
        let gateway = TestGateway()
        try await gateway.withWorker {
            _ = try await gateway.send(.put, "/v1/users/ann/not-interested/1", headers: ["Prefer": "wait=10"])
        }
        let ratings = try await gateway.send(.get, "/v1/users/ann/ratings")
        #expect(ratings["ratings"]?.elements?.compactMap { $0.members?["item"]?.members?["id"]?.string } == ["2", "3"])
    }

    @Test func showsWhatWasDismissedNewestFirst() async throws {
        let gateway = TestGateway()
        try await gateway.withWorker {
            for item in ["6", "a%2Fb", "1"] {
                _ = try await gateway.send(.put, "/v1/users/eve/not-interested/\(item)", headers: ["Prefer": "wait=10"])
            }
        }
        let answer = try await gateway.send(.get, "/v1/users/eve/not-interested")
        #expect(answer.status == 200 && answer["user"] == .string("eve") && answer["total"] == .number(3))
        let items = answer["items"]?.elements?.compactMap(\.members) ?? []
        #expect(items.compactMap { $0["id"]?.string } == ["1", "a/b", "6"])
        #expect(items.first?["title"] == .string("Toy Story") && items.first?["ratingCount"] == .number(4))
        #expect(items.last?["meanRating"] == .null)
        #expect(items.allSatisfy { $0["dismissedAt"]?.string?.hasSuffix("Z") == true })
        #expect(answer["ratingsVersion"]?.string.flatMap { RatingVersion($0) } != nil && answer["nextPageToken"] == nil)

        let page = try await gateway.send(.get, "/v1/users/eve/not-interested?pageSize=2")
        let token = try #require(page["nextPageToken"]?.string)
        let rest = try await gateway.send(.get, "/v1/users/eve/not-interested?pageSize=2&pageToken=\(token)")
        #expect(rest["items", "0", "id"] == .string("6") && rest["nextPageToken"] == nil)
        for path in ["/v1/users/bob/not-interested", "/v1/users/eve/ratings"] {
            #expect(try await gateway.send(.get, "\(path)?pageToken=\(token)").code == "invalid_page_token")
        }
    }

    @Test func showsNothingOfAStranger() async throws {
        let answer = try await TestGateway().send(.get, "/v1/users/nobody/not-interested")
        #expect(answer.status == 200 && answer["total"] == .number(0) && answer["items"] == .array([]))
        #expect(answer["ratingsVersion"] == .null)
    }
}
