import Hummingbird
import Messaging
import Testing

@testable import Gateway

/// How many may wait at once.
@Suite(.timeLimit(.minutes(1))) struct WaitingRoomTests {
    static let recommend = "/v1/recommendations"
    static let body = #"{"ratings":[{"item":"1","rating":5}]}"#
    static let wait = ["Prefer": "wait=30"]

    let kindred = TestAccounts {
        $0.waits = WaitingRoom.Limits(perClient: 2, total: 3)
        $0.guestRateLimit = nil
    } change: {
        $0.retryDelay = { 4 }
    }
    var gateway: TestGateway { kindred.gateway }
    var room: WaitingRoom { gateway.server.room }

    private func recommend(from peer: String? = nil, token: String? = nil) async throws -> TestAnswer {
        try await gateway.send(.post, Self.recommend, Self.body, headers: Self.wait, token: token, peer: peer)
    }

    /// Runs `body` while a guest waits at each of `peers`, and then lets them have what they wait for.
    private func withGuests(at peers: [String], _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for peer in peers { group.addTask { try await recommend(from: peer).status } }
            try await waitUntil("they wait") { await gateway.server.waiter.count == peers.count }
            #expect(room.count == peers.count)
            try await body()
            try await gateway.withWorker { for try await status in group { #expect(status == 200) } }
        }
        #expect(room.count == 0)
    }

    @Test func oneAddressHasNoMoreThanItsShare() async throws {
        try await withGuests(at: ["192.0.2.1", "192.0.2.1"]) {
            let jobs = gateway.queue.waitingJobs.count
            let refused = try await recommend(from: "192.0.2.1")
            #expect(refused.status == 429 && refused.code == "too_many_waiting")
            #expect(refused.header("Retry-After") == "4")
            // Whoever is refused has left no job, and who does not wait is not refused.
            #expect(gateway.queue.waitingJobs.count == jobs)
            let accepted = try await gateway.send(.post, Self.recommend, Self.body, peer: "192.0.2.1")
            #expect(accepted.status == 202)
            let path = try #require(accepted.header("Location"))
            #expect(try await gateway.send(.get, path, peer: "192.0.2.1").status == 200)
            for (path, headers) in [(path, Self.wait), ("\(path)/events", [:])] {
                #expect(try await gateway.send(.get, path, headers: headers, peer: "192.0.2.1").code == "too_many_waiting")
            }
        }
    }

    @Test func allTogetherHaveNoMoreThanTheirs() async throws {
        let ann = try await kindred.member("ann")
        try await withGuests(at: ["192.0.2.1", "192.0.2.1", "192.0.2.2"]) {
            #expect(try await recommend(from: "192.0.2.2").code == "too_many_waiting")
            #expect(try await recommend(token: ann.token).code == "too_many_waiting")
            // The service is not one of them.
            let job = try await gateway.send(.post, Self.recommend, Self.body, token: TestAccounts.serviceKey)
            let path = try #require(job.header("Location"))
            let headers = ["Prefer": "wait=1"]
            #expect(try await gateway.send(.get, path, headers: headers, token: TestAccounts.serviceKey).status == 200)
        }
    }

    @Test func aUserHasOneShareWhereverItIs() async throws {
        let ann = try await kindred.member("ann")
        let job = try await gateway.send(.post, Self.recommend, Self.body, token: ann.token)
        let path = "\(try #require(job.header("Location")))/events"
        let headers = ["Authorization": "Bearer \(ann.token)"]
        var streams = [
            try await gateway.respond(.get, path, headers: headers, peer: "192.0.2.1"),
            try await gateway.respond(.get, path, headers: headers, peer: "192.0.2.2"),
        ]
        #expect(try await gateway.send(.get, path, token: ann.token, peer: "192.0.2.3").code == "too_many_waiting")
        // A stream that nobody reads leaves with its answer.
        #expect(streams.count == 2)
        streams.removeLast()
        #expect(room.count == 1)
        #expect(try await gateway.respond(.head, path, headers: headers).status == .ok)
        #expect(room.count == 1)
    }

    @Test func aStreamLeavesAtItsEnd() async throws {
        let job = try await gateway.send(.post, Self.recommend, Self.body)
        let response = try await gateway.respond(.get, "\(try #require(job.header("Location")))/events")
        #expect(room.count == 1)
        try await gateway.withWorker { try await response.body.write(TestBodyWriter(body: TestBody())) }
        #expect(room.count == 0)
    }
}
