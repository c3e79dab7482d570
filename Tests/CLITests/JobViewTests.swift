import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import CLI

@Suite struct JobViewTests {
    private func record() throws -> JobRecord {
        let id = try #require(JobID("01aryz6s41zzzzzzzzzzzzzzzz"))
        var record = JobRecord(
            id: id, kind: .recommendations, user: try UserID("eve\n"), createdAt: Timestamp(milliseconds: 1_769_860_800_123),
            request: .recommendations(RecommendationQuery(count: 5, genres: ["Drama"])))
        record.status = .succeeded
        record.attempt = 1
        record.finishedAt = record.createdAt + .milliseconds(12)
        record.result = .recommendations(
            StoredList(
                generatedAt: record.createdAt,
                list: RecommendationList(algorithm: .classic, items: [Recommendation(item: try ItemID("7"), score: 1)])))
        return record
    }

    @Test func tellsOfAJob() throws {
        let text = JobView(record: try record()).text
        #expect(
            text == """
                job       01aryz6s41zzzzzzzzzzzzzzzz
                kind      recommendations
                status    succeeded
                attempt   1
                user      eve?
                created   2026-01-31T12:00:00.123Z
                finished  2026-01-31T12:00:00.135Z (12 ms after its creation)
                request   5 items, Drama
                result    1 item of 2026-01-31T12:00:00.123Z
                """)
    }

    @Test func hasOneShapeForPrograms() throws {
        let members: Set = [
            "id", "kind", "status", "attempt", "user", "createdAt", "startedAt", "finishedAt", "deadlineAt", "request", "result",
            "failure",
        ]
        var failed = try record()
        failed.result = nil
        failed.failure = .init(code: "internal", detail: "x")
        for record in [try record(), failed] {
            let data = Data(JobView(record: record).json.description.utf8)
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(Set(object.keys) == members)
        }
    }
}
