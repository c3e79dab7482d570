import Foundation
import TestSupport
import Testing

/// New files while the service is under load.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct GenerationTests {
    @Test func filesChangeUnderLoadAndNoJobFails() async throws {
        let servers = try #require(TestServers.running)
        let kindred = try await Deployment(
            data: try await sampleFolder(), workerCount: 2, servers: servers, training: ["ease"], inGenerations: true)
        let data = kindred.folder.appending(path: "data")
        try await rate(by: "first", in: kindred)
        let before = try await kindred.client.get("/v1/catalogue")
        let load = try kindred.start([
            "load", "--url", "http://127.0.0.1:\(kindred.client.port)", "--rate", "60", "--duration", "25", "--warm-up", "1",
            "--mix", "reads=40,ratings=40,recommendations=20", "--fail-on-errors", "--json",
        ])

        // Folded in, damaged, rolled back, trained anew: all of them while jobs come.
        try await expect(kindred, toServe: 1, after: ["compact"])
        let damaged = try publishDamaged(in: data)
        try await wait(until: "New files are refused", is: 1, in: kindred)
        try await expect(kindred, toServe: 2, after: ["data", "rollback"])
        try await expect(kindred, toServe: 3, after: ["train", "--algorithm", "ease"])
        try await rate(by: "second", in: kindred)
        try await expect(kindred, toServe: 4, after: ["compact"])

        try #require(await load.waitUntilEnded(within: .seconds(90)) != nil)
        #expect(load.exitCode == 0, "\(load.log)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(load.log.utf8)) as? [String: Any], "\(load.log)")
        let figures = try #require(json["figures"] as? [String: Any])
        #expect(figures["requests"] as? Int == 1500 && figures["errors"] as? Int == 0, "\(load.log)")
        for (kind, jobs) in figures["jobs"] as? [String: [String: Any]] ?? [:] {
            let ended = jobs["ended"] as? [String: Int] ?? [:]
            #expect(ended["succeeded"] ?? 0 > 100 && ended.count == 1, "\(kind): \(ended)")
        }

        // What came since is in the file, and the old ones are let go.
        try await rate(by: "third", in: kindred)
        try await expect(kindred, toServe: 5, after: ["compact"])
        let after = try await kindred.client.get("/v1/catalogue")
        let counts = [before, after].map { $0["ratingCount"] as? Int ?? 0 }
        #expect(counts[1] > counts[0] + 100, "\(counts)")
        let isReleased = try await eventually(within: .seconds(10)) {
            try await kindred.client.get("/metrics").text.contains("kindred_generations_mapped 1\n")
        }
        #expect(isReleased)
        let metrics = try await kindred.client.get("/metrics").text
        #expect(
            metrics.contains("kindred_generation_number \(damaged + 4)\n") && metrics.contains("kindred_generation_refused 0\n"))
        #expect(metrics.contains("kindred_generation_refusals_total{reason=\"damaged\"} 1\n"), "\(metrics)")
        let doctor = try await kindred.command(["doctor"])
        #expect(
            doctor.log.contains("(generation \(damaged + 4))") && doctor.log.contains("all of it is in the ratings file"),
            "\(doctor.log)")
        await kindred.drain()
    }

    /// So that there is something to fold in.
    private func rate(by user: String, in kindred: Deployment) async throws {
        let answer = try await kindred.client.put("/v1/users/\(user)/ratings/1", ["rating": 4], headers: ["Prefer": "wait=20"])
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Runs the command, and waits until gateway and workers serve what it made.
    private func expect(_ kindred: Deployment, toServe count: Int, after command: [String]) async throws {
        let program = try await kindred.command(command)
        #expect(program.exitCode == 0, "\(program.log)")
        try await wait(until: "New files are served", is: count, in: kindred)
    }

    private func wait(until message: String, is count: Int, in kindred: Deployment) async throws {
        for program in kindred.workers + [kindred.gateway] {
            let isDone = try await eventually(within: .seconds(20)) { program.log.split(separator: message).count - 1 == count }
            try #require(isDone, "\(message) is not there \(count) times: \(program.log)")
        }
    }

    /// As something that does not come from us may do it.
    ///
    /// - Returns: its number.
    private func publishDamaged(in data: URL) throws -> Int {
        let link = data.appending(path: "current").path(percentEncoded: false)
        let current = try FileManager.default.destinationOfSymbolicLink(atPath: link)
        let number = try #require(Int(current)) + 1
        let name = String(repeating: "0", count: 6 - "\(number)".count) + "\(number)"
        let folder = data.appending(path: name)
        try FileManager.default.copyItem(at: data.appending(path: current), to: folder)
        let ratings = folder.appending(path: "kindred.ratings")
        var bytes = try Data(contentsOf: ratings)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: ratings, options: .atomic)
        try FileManager.default.createSymbolicLink(atPath: link + ".new", withDestinationPath: name)
        #expect(rename(link + ".new", link) == 0)
        return number
    }
}
