import Foundation
import Testing

/// The load generator against everything there is.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct LoadTests {
    @Test func aFewHundredRequestsGoWellAndEveryJobSucceeds() async throws {
        let servers = try #require(TestServers.running)
        let kindred = try await Deployment(data: try await sampleFolder(), workerCount: 1, servers: servers)
        let record = kindred.folder.appending(path: "ratings.jsonl")
        let load = try await kindred.command([
            "load", "--url", "http://127.0.0.1:\(kindred.client.port)", "--rate", "60", "--duration", "4", "--warm-up", "1",
            "--mix", "reads=50,ratings=35,recommendations=10,recommend-later=5", "--record", record.path(percentEncoded: false),
            "--fail-on-errors", "--json",
        ])
        #expect(load.exitCode == 0, "\(load.log)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(load.log.utf8)) as? [String: Any], "\(load.log)")
        let figures = try #require(json["figures"] as? [String: Any])
        #expect(figures["requests"] as? Int == 240 && figures["errors"] as? Int == 0, "\(load.log)")
        let jobs = try #require(figures["jobs"] as? [String: [String: Any]])
        for kind in ["ratings", "recommendations"] {
            let ended = jobs[kind]?["ended"] as? [String: Int] ?? [:]
            #expect(ended["succeeded"] ?? 0 > 10 && ended.count == 1 && jobs[kind]?["accepted"] as? Int == ended["succeeded"])
        }

        // What the record says was accepted is what the service has.
        let lines = try String(contentsOf: record, encoding: .utf8).split(separator: "\n")
        var last: [String: (version: String, item: String, rating: Double)] = [:]
        for line in lines {
            let rating = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let (user, item) = (rating["user"] as? String ?? "", rating["item"] as? String ?? "")
            let version = try #require(rating["version"] as? String)
            guard last["\(user) \(item)"].map({ $0.version < version }) ?? true else { continue }
            last["\(user) \(item)"] = (version, item, rating["rating"] as? Double ?? 0)
        }
        #expect(last.count > 50)
        for (key, rating) in last {
            let user = key.split(separator: " ")[0]
            let profile = try await kindred.client.get("/v1/users/\(user)/ratings?pageSize=100")
            let ratings = profile.json["ratings"] as? [[String: Any]] ?? []
            let found = ratings.first { ($0["item"] as? [String: Any])?["id"] as? String == rating.item }
            #expect(found?["rating"] as? Double == rating.rating, "\(key)")
        }
        await kindred.drain()
    }
}
