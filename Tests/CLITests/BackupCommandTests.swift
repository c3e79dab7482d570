import Foundation
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import CLI

/// `kindred backup` and `kindred restore` as people and scripts meet them.
@Suite struct BackupCommandTests {
    static let redisPort = ProcessInfo.processInfo.environment["KINDRED_TEST_REDIS_PORT"].flatMap(Int.init)

    let program: CommandLineProgram

    init() throws { program = try CommandLineProgram() }

    private func storage(database: Int) -> RedisStorage {
        var configuration = RedisConfiguration()
        configuration.port = Self.redisPort ?? 0
        configuration.database = database
        configuration.commandTimeout = .seconds(20)
        return RedisStorage(configuration, logger: Settings.silentLogger)
    }

    @Test(.enabled(if: redisPort != nil, "KINDRED_TEST_REDIS_PORT names no Redis"))
    func carryRatingsFromOneRedisToAnother() async throws {
        defer { program.remove() }
        let environments = ["7", "8"].map { ["REDIS_PORT": "\(Self.redisPort ?? 0)", "REDIS_DATABASE": $0] }
        let (source, target) = (storage(database: 7), storage(database: 8))
        let user = try UserID(UUID().uuidString + " }:{\n")
        let version = RatingVersion(milliseconds: 1, origin: 1)
        let profile = try await source.apply(
            [
                RatingUpdate(item: try ItemID("1"), rating: 4.5, version: version),
                RatingUpdate(item: try ItemID("2"), rating: nil, version: version),
                RatingUpdate(item: try ItemID("3"), change: .dismissed, version: version),
            ], for: user)

        let backup = try program.run("backup", "ratings.backup", "--json", environment: environments[0])
        #expect(backup.exitCode == 0 && backup.errors.isEmpty, "\(backup.errors)")  // no progress bar unless on a terminal
        let (keys, ratings) = (try backup.json["keys"] as? [String: Int], try #require(try backup.json["ratings"] as? Int))
        #expect(try #require(keys?["profiles"]) >= 1 && ratings >= 3)
        #expect(try backup.json["unreadable"] as? Int == 0)

        let tried = try program.run("restore", "ratings.backup", "--dry-run", "--json", environment: environments[1])
        #expect(tried.exitCode == 0 && tried.errors.isEmpty, "\(tried.errors)")
        #expect(try tried.json["dryRun"] as? Bool == true && tried.json["ratings"] as? Int == ratings)
        #expect(try await target.profile(of: user) == LiveProfile())
        let newer = try #require(try tried.json["newer"] as? Int)
        #expect(newer >= 3)
        for expected in [newer, 0] {
            let restored = try program.run("restore", "ratings.backup", "--json", environment: environments[1])
            #expect(restored.exitCode == 0, "\(restored.errors)")
            #expect(try restored.json["newer"] as? Int == expected)
            #expect(try await target.profile(of: user) == profile)
        }
        let told = try program.run("restore", "ratings.backup", environment: environments[1])
        #expect(told.output.hasPrefix("0 of ") && told.output.contains("profiles"))
        await source.close()
        await target.close()
    }

    @Test func sayWhatCannotBeUsedAndWhatToDo() throws {
        defer { program.remove() }
        try program.write("userId,movieId,rating,timestamp\n", to: "ratings.csv")
        for (arguments, code, text) in [
            (["restore", "none.backup"], 2, "No such file"), (["restore", "ratings.csv"], 2, "no backup of ours"),
            (["restore", "."], 2, "no file"), (["backup", "none/ratings.backup"], 1, "none/ratings.backup"),
            (["backup", "ratings.backup"], 1, "REDIS_HOST"),
        ] as [([String], Int32, String)] {
            let outcome = try program.run(arguments)
            #expect(outcome.exitCode == code && outcome.output.isEmpty, "\(arguments)")
            #expect(outcome.errors.contains(text), "\(outcome.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "ratings.backup").path))
    }
}
