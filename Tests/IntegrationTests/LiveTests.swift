import Foundation
import TestSupport
import Testing

/// What one user says changes what others get, on every worker, at once and again after a crash.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct LiveTests {
    @Test func othersLearnFromRatingsAtOnce() async throws {
        let servers = try #require(TestServers.running)
        let kindred = try await Deployment(
            data: try await sampleFolder(), workerCount: 2, servers: servers, inGenerations: true)
        let client = kindred.client
        let described = try await client.put("/v1/items/brand-new", ["title": "Brand New", "year": 2026])
        #expect(described.status == 200, "\(described.text)")

        // Somebody of a taste that many share, and many new users who share it and love what is new.
        let taste = (1...6).map { "\($0)" }
        try await rate("asking", taste, in: kindred)
        #expect(try await list(of: "asking", in: kindred)["brand-new"] == nil)
        for number in 0..<40 { try await rate("new-\(number)", taste + ["brand-new"], in: kindred) }
        try await expectEverywhere(kindred) { $0["brand-new"] == "Brand New" }
        #expect(try await client.get("/v1/items/brand-new")["title"] as? String == "Brand New")

        // Whoever comes back knows the same.
        let before = try await list(of: "asking", in: kindred)
        kindred.killWorker()
        kindred.killWorker()
        try kindred.startWorker()
        try await expectEverywhere(kindred) { $0 == before }

        // In the file, with what is known of it; nothing is missing while that takes its place, or the old one's again.
        for command in [["compact"], ["data", "rollback"], ["data", "rollback", "--to", "2"]] {
            let switches = switchCount(kindred)
            let program = try await kindred.command(command)
            #expect(program.exitCode == 0, "\(program.log)")
            var wasMissing = false
            let isServed = try await eventually(within: .seconds(30)) {
                wasMissing = try await list(of: "asking", in: kindred)["brand-new"] == nil || wasMissing
                return switchCount(kindred) > switches
            }
            #expect(isServed && !wasMissing, "\(command)")
            try await expectEverywhere(kindred) { $0["brand-new"] == "Brand New" }
        }
        let found = try await client.get("/v1/items?query=brand")
        #expect(found.items.first?["ratingCount"] as? Int == 40, "\(found.text)")

        // What is taken back is gone for others too.
        for number in 0..<40 {
            let answer = try await client.delete("/v1/users/new-\(number)/ratings/brand-new", headers: ["Prefer": "wait=20"])
            #expect(answer.status == 200, "\(answer.text)")
        }
        try await expectEverywhere(kindred) { $0["brand-new"] == nil }
        await kindred.drain()
    }

    private func rate(_ user: String, _ items: [String], in kindred: Deployment) async throws {
        let ratings = items.map { ["item": $0, "rating": 5] as [String: Any] }
        let answer = try await kindred.client.post(
            "/v1/users/\(user)/ratings?refresh=false", ["ratings": ratings], headers: ["Prefer": "wait=20"])
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Titles by item, as some worker computes it now.
    private func list(of user: String, in kindred: Deployment) async throws -> [String: String] {
        let answer = try await kindred.client.post(
            "/v1/users/\(user)/recommendations", ["count": 100, "algorithm": "user-neighbors"] as [String: Any],
            headers: ["Prefer": "wait=20"])
        #expect(answer.status == 200 && !answer.items.isEmpty, "\(answer.text)")
        return Dictionary(
            uniqueKeysWithValues: answer.items.compactMap { entry in
                let item = entry["item"] as? [String: Any]
                return (item?["id"] as? String).map { ($0, item?["title"] as? String ?? "") }
            })
    }

    /// Workers take turns, so that of twenty answers in a row none comes from one that does not know yet but by great chance.
    private func expectEverywhere(_ kindred: Deployment, _ condition: ([String: String]) -> Bool) async throws {
        let isSo = try await eventually(within: .seconds(30)) {
            for _ in 0..<20 {
                guard condition(try await list(of: "asking", in: kindred)) else { return false }
            }
            return true
        }
        #expect(isSo, "\(kindred.workers.map(\.log).joined())")
    }

    private func switchCount(_ kindred: Deployment) -> Int {
        kindred.workers.reduce(0) { $0 + $1.log.split(separator: "New files are served\"").count - 1 }
    }
}
