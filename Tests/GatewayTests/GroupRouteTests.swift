import Hummingbird
import Jobs
import Messaging
import Recommenders
import Testing

@testable import Gateway

/// Lists for several users.
@Suite struct GroupRouteTests {
    @Test func aGroupIsOneJob() async throws {
        let gateway = TestGateway()
        for (choice, aggregation) in [("", GroupAggregation.average), (#","aggregation":"least-misery""#, .leastMisery)] {
            let answer = try await gateway.send(.post, "/v1/recommendations", #"{"users":["ann","bob"],"count":2\#(choice)}"#)
            #expect(answer.status == 202, "\(answer.text)")
            #expect(answer["request", "aggregation"] == .string(aggregation.rawValue))
            #expect(answer["links", "recommendations"] == nil)
            var query = RecommendationQuery(count: 2)
            query.aggregation = aggregation
            #expect(gateway.queue.waitingJobs.last?.task == .recommend(.group([try UserID("ann"), try UserID("bob")]), query))
        }
    }

    @Test(arguments: [
        (#"{"users":["ann"]}"#, "invalid_value", "#/users"), (#"{"users":"ann"}"#, "wrong_type", "#/users"),
        (#"{"users":["ann","bob","ann"]}"#, "invalid_value", "#/users/2"),
        (#"{"users":["ann",""]}"#, "invalid_user_id", "#/users/1"),
        (#"{"users":["ann","bob"],"ratings":[]}"#, "unknown_field", "#/ratings"),
        (#"{"users":["ann","bob"],"aggregation":"most"}"#, "invalid_value", "#/aggregation"),
        (#"{"users":["ann","bob"],"rows":{}}"#, "invalid_value", "#/rows"),
        (#"{"ratings":[],"aggregation":"average"}"#, "unknown_field", "#/aggregation"),
    ])
    func saysWhatIsWrong(body: String, code: String, pointer: String) async throws {
        let gateway = TestGateway()
        let answer = try await gateway.send(.post, "/v1/recommendations", body)
        #expect(answer.code == code, "\(answer.text)")
        #expect(answer["errors", "0", "pointer"] == .string(pointer), "\(answer.text)")
        let many = (0...20).map { #""user \#($0)""# }.joined(separator: ",")
        #expect(try await gateway.send(.post, "/v1/recommendations", #"{"users":[\#(many)]}"#).code == "invalid_value")
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    /// Nobody is asked about but by whom they trust.
    @Test func onlyWhoSpeaksForAllMayAsk() async throws {
        let kindred = TestAccounts()
        let (ann, bob) = (try await kindred.member("ann"), try await kindred.member("bob"))
        let body = #"{"users":["\#(ann.user)","\#(bob.user)"]}"#
        for token in [ann.token, nil] {
            #expect(try await kindred.gateway.send(.post, "/v1/recommendations", body, token: token).code == "unknown_user")
        }
        #expect(kindred.gateway.queue.waitingJobs.isEmpty)
        let answer = try await kindred.gateway.send(.post, "/v1/recommendations", body, token: TestAccounts.serviceKey)
        #expect(answer.status == 202)

        // The list names what they rated, so its id alone opens nothing.
        let id = try #require(answer["id"]?.string)
        try await kindred.gateway.withWorker {
            let ended = try await kindred.gateway.send(
                .get, "/v1/jobs/\(id)", headers: ["Prefer": "wait=10"], token: TestAccounts.serviceKey)
            #expect(ended["status"] == .string("succeeded"), "\(ended.text)")
        }
        for token in [ann.token, bob.token, nil] {
            #expect(try await kindred.gateway.send(.get, "/v1/jobs/\(id)", token: token).code == "unknown_job")
            #expect(try await kindred.gateway.send(.get, "/v1/lists/\(id)", token: token).code == "unknown_list")
            #expect(try await kindred.gateway.send(.delete, "/v1/jobs/\(id)", token: token).code == "unknown_job")
        }
        #expect(try await kindred.gateway.send(.get, "/v1/lists/\(id)", token: TestAccounts.serviceKey).status == 200)
    }
}
