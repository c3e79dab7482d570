import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

/// Lists page by page.
@Suite struct ListRouteTests {
    let clock = ManualClock()
    let gateway: TestGateway

    init() {
        let clock = clock
        gateway = TestGateway(now: { clock.now })
    }

    @Test func pagesArePartsOfOneList() async throws {
        let id = try await endedList(of: 23)
        let whole = try await gateway.send(.get, "/v1/jobs/\(id)")
        #expect(whole["links", "list"] == .string("/v1/lists/\(id)"))
        #expect(whole["result", "recommendations", "id"] == .string(id.rawValue))
        for size in [1, 7, 22, 23, 24, 100] {
            var (items, token): ([JSONValue], String?) = ([], nil)
            repeat {
                let path = "/v1/lists/\(id)?pageSize=\(size)" + (token.map { "&pageToken=\($0)" } ?? "")
                let page = try await gateway.send(.get, path)
                #expect(page.status == 200, "\(page.text)")
                #expect(page["id"] == .string(id.rawValue) && page["total"] == .number(23))
                let elements = try #require(page["items"]?.elements)
                #expect(elements.count == min(size, 23 - items.count))
                items += elements
                token = page["nextPageToken"]?.string
            } while token != nil
            #expect(.array(items) == whole["result", "recommendations", "items"], "\(size)")
        }
        #expect(try await gateway.send(.get, "/v1/lists/\(id)")["items"]?.elements?.count == 23)
    }

    @Test func whoWaitsGetsTheFirstPageIfThatIsAskedFor() async throws {
        try await gateway.withWorker {
            let answer = try await gateway.send(
                .post, "/v1/users/bob/recommendations?pageSize=1", #"{"algorithm":"popularity"}"#, headers: ["Prefer": "wait=10"])
            #expect(answer.status == 200)
            #expect(answer["items"]?.elements?.count == 1)
            let total = try #require(answer["total"]?.number)
            #expect(total > 1)
            let id = try #require(answer["id"]?.string)
            #expect(answer.header("Content-Location") == "/v1/jobs/\(id)")
            let token = try #require(answer["nextPageToken"]?.string)
            let next = try await gateway.send(.get, "/v1/lists/\(id)?pageSize=100&pageToken=\(token)")
            #expect(next["items", "0", "rank"] == .number(2))
            #expect(next["items"]?.elements?.count == Int(total) - 1)
            #expect(next["nextPageToken"] == nil)
        }
        for size in ["0", "101", "x"] {
            let answer = try await gateway.send(.post, "/v1/users/bob/recommendations?pageSize=\(size)")
            #expect(answer.code == "invalid_parameter")
        }
    }

    @Test func aTokenBelongsToItsList() async throws {
        let (one, other) = (try await endedList(of: 5), try await endedList(of: 5))
        let token = try #require(try await gateway.send(.get, "/v1/lists/\(one)?pageSize=2")["nextPageToken"]?.string)
        #expect(try await gateway.send(.get, "/v1/lists/\(one)?pageSize=2&pageToken=\(token)").status == 200)
        #expect(try await gateway.send(.get, "/v1/lists/\(other)?pageSize=2&pageToken=\(token)").code == "invalid_page_token")
        #expect(try await gateway.send(.get, "/v1/lists/\(one)?pageToken=x").code == "invalid_page_token")
    }

    @Test func rowsSayWhichRanksAreTheirs() async throws {
        let id = try await endedList(of: 5) { list in
            list.rows = [RecommendationRow(genre: "Comedy", count: 3), RecommendationRow(genre: "Horror", count: 2)]
        }
        let answer = try await gateway.send(.get, "/v1/lists/\(id)")
        #expect(answer["rows", "0"] == .object(["genre": .string("Comedy"), "firstRank": .number(1), "count": .number(3)]))
        #expect(answer["rows", "1", "firstRank"] == .number(4))
    }

    @Test func saysWhatScoresAreMadeOf() async throws {
        let id = try await endedList(of: 2) { list in
            list.items[0].because = [Because(item: list.items[1].item, rating: 4, contribution: 0.5)]
            list.items[0].parts = ScoreParts(others: -0.25, base: 1, boost: 2)
            list.items[0].placement = .pinned
            list.items[1].parts = ScoreParts(members: [1, 2])
        }
        let answer = try await gateway.send(.get, "/v1/lists/\(id)")
        #expect(answer["items", "0", "because", "0", "contribution"] == .number(0.5))
        #expect(
            answer["items", "0", "scoreParts"] == .object(["others": .number(-0.25), "base": .number(1), "boost": .number(2)]))
        #expect(answer["items", "0", "placement"] == .string("pinned"))
        #expect(answer["items", "1", "scoreParts", "members"] == .array([.number(1), .number(2)]))
    }

    @Test func aListThatIsOverIsGone() async throws {
        let id = try await endedList(of: 3)
        clock.advance(by: JobRecord.listLifetime)
        #expect(try await gateway.send(.get, "/v1/lists/\(id)").code == "unknown_list")
        clock.advance(by: .milliseconds(1))
        let answer = try await gateway.send(.get, "/v1/lists/\(id)")
        #expect(answer.status == 410)
        #expect(answer.code == "list_gone")
        #expect(try await gateway.send(.get, "/v1/lists/\(JobID.random(at: clock.now))").code == "unknown_list")
        #expect(try await gateway.send(.get, "/v1/lists/what").code == "unknown_list")
    }

    @Test func aListThatIsNotThereYetIsNotReady() async throws {
        let accepted = try await gateway.send(.post, "/v1/recommendations", #"{"ratings":[]}"#)
        let id = try #require(accepted["id"]?.string)
        let answer = try await gateway.send(.get, "/v1/lists/\(id)")
        #expect(answer.code == "list_not_ready")
        #expect(answer.header("Retry-After") == "1")
        _ = try await gateway.send(.delete, "/v1/jobs/\(id)")
        #expect(try await gateway.send(.get, "/v1/lists/\(id)").code == "job_cancelled")
        let rated = try await gateway.send(.put, "/v1/users/ann/ratings/1", #"{"rating":5}"#)
        #expect(try await gateway.send(.get, "/v1/lists/\(try #require(rated["id"]?.string))").code == "unknown_list")
    }

    /// The record of a list, as a worker leaves it.
    private func endedList(of count: Int, _ change: (inout RecommendationList) -> Void = { _ in }) async throws -> JobID {
        var list = RecommendationList(
            algorithm: .popularity,
            items: try (0..<count).map { Recommendation(item: try ItemID("item \($0)"), score: Double(-$0)) })
        change(&list)
        var record = JobRecord(
            id: .random(at: clock.now), kind: .recommendations, status: .succeeded, attempt: 1, user: nil, createdAt: clock.now,
            request: .recommendations(RecommendationQuery(count: count)))
        record.finishedAt = clock.now
        record.result = .recommendations(StoredList(generatedAt: clock.now, list: list))
        _ = try await gateway.storage.advance(to: record)
        return record.id
    }
}
