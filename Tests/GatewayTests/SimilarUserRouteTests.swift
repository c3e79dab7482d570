import Hummingbird
import Jobs
import Messaging
import Recommenders
import Testing

@testable import Gateway

@Suite struct SimilarUserRouteTests {
    let gateway = TestGateway()

    @Test func whoAgreedToBeFoundFindsOthers() async throws {
        #expect(try await gateway.send(.get, "/v1/users/ann/visibility")["visible"] == .bool(false))
        #expect(try await gateway.send(.post, "/v1/users/ann/similar-users").code == "not_visible")
        #expect(gateway.queue.waitingJobs.isEmpty)
        #expect(try await gateway.send(.put, "/v1/users/ann/visibility").status == 204)
        #expect(try await gateway.send(.get, "/v1/users/ann/visibility")["visible"] == .bool(true))
        let accepted = try await gateway.send(.post, "/v1/users/ann/similar-users", #"{"count":2,"similarity":"cosine"}"#)
        #expect(accepted.status == 202, "\(accepted.text)")
        let query = RecommendationQuery(count: 2, similarity: .cosine)
        #expect(gateway.queue.waitingJobs.last?.task == .findSimilarUsers(try UserID("ann"), query))
        #expect(accepted["links", "list"] == nil)
        let id = try #require(accepted["id"]?.string)
        #expect(try await gateway.send(.get, "/v1/lists/\(id)").code == "unknown_list")
        try await gateway.withWorker {
            let found = try await gateway.send(
                .post, "/v1/users/ann/similar-users", #"{"count":2}"#, headers: ["Prefer": "wait=10"])
            #expect(found.status == 200, "\(found.text)")
            let users = try #require(found["users"]?.elements)
            #expect(!users.isEmpty && users.count <= 2)
            #expect(users[0].members?.keys.sorted() == ["best", "likedByBoth", "sharedItems", "similarity"])
            // By no name.
            #expect(!["bob", "cem"].contains { found.text.contains("\"\($0)\"") })
            let job = try await gateway.send(.get, "/v1/jobs/\(id)", headers: ["Prefer": "wait=10"])
            #expect(job["result", "users"]?.elements?.isEmpty == false, "\(job.text)")
            #expect(job["result", "recommendations"] == .null)
        }
        #expect(try await gateway.send(.delete, "/v1/users/ann/visibility").status == 204)
        #expect(try await gateway.send(.post, "/v1/users/ann/similar-users").code == "not_visible")
    }

    @Test(arguments: [
        (#"{"count":51}"#, "invalid_value"), (#"{"similarity":"none"}"#, "invalid_value"), (#"{"genres":[]}"#, "unknown_field"),
    ])
    func saysWhatIsWrong(body: String, code: String) async throws {
        #expect(try await gateway.send(.put, "/v1/users/ann/visibility").status == 204)
        #expect(try await gateway.send(.post, "/v1/users/ann/similar-users", body).code == code)
    }
}
