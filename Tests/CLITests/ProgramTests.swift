import Foundation
import ServiceRuntime
import Testing

@testable import CLI

/// The program as people and scripts meet it: exit codes, messages, outcomes.
@Suite struct ProgramTests {
    let program: CommandLineProgram

    init() throws { program = try CommandLineProgram() }

    @Test func goesFromASampleToRecommendationsOfTheSameTaste() throws {
        defer { program.remove() }
        let sample = try program.run("sample", "data", "--json")
        #expect(sample.exitCode == 0 && sample.errors.isEmpty)
        #expect(try sample.json["users"] as? Int == 300)

        let imported = try program.run("import", "data", "--json", "--output", "my.ratings")
        #expect(imported.exitCode == 0, "\(imported.errors)")
        #expect(imported.errors.isEmpty)  // no progress bar unless on a terminal
        let report = try imported.json
        #expect(report["users"] as? Int == 300 && report["items"] as? Int == 400 && report["badRows"] as? Int == 0)

        let profile = try scienceFiction(count: 20).flatMap { ["--rating", "\($0)=5"] }
        let list = try recommended(to: profile)
        let popular = try recommended(to: profile + ["--algorithm", "popularity"])
        #expect(list.count == 10 && popular.count == 10)
        #expect(scienceFictionCount(list) >= max(3, 2 * scienceFictionCount(popular)), "\(list)")
        #expect(list.compactMap { $0["rank"] as? Int } == Array(1...10))

        let table = try program.run("recommend", "--user", "7", environment: ["RATINGS_FILE": "my.ratings"])
        #expect(table.exitCode == 0 && table.output.contains("Title") && table.output.contains("user-neighbors"))
        #expect(table.output.split(separator: "\n").count == 12)
    }

    private func recommended(to profile: [String]) throws -> [[String: Any]] {
        let outcome = try program.run(["recommend", "--ratings", "my.ratings", "--json", "--count", "10"] + profile)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try #require(try outcome.json["items"] as? [[String: Any]])
    }

    private func scienceFictionCount(_ list: [[String: Any]]) -> Int {
        list.count { (($0["item"] as? [String: Any])?["genres"] as? [String])?.contains("Sci-Fi") == true }
    }

    /// Ids of the sample's first films of that genre.
    private func scienceFiction(count: Int) throws -> [String] {
        let movies = try String(contentsOf: program.folder.appending(path: "data/movies.csv"), encoding: .utf8)
        let ids = movies.split(separator: "\n").filter { $0.contains("Sci-Fi") }.map { String($0.prefix { $0 != "," }) }
        return Array(ids.prefix(count))
    }

    @Test func keepsToTheGenresAskedFor() throws {
        defer { program.remove() }
        try imported()
        let list = try program.run("recommend", "--user", "3", "--genre", "sci-fi", "-g", "Horror", "--json")
        let items = try #require(try list.json["items"] as? [[String: Any]])
        #expect(!items.isEmpty)
        for item in items {
            let genres = (item["item"] as? [String: Any])?["genres"] as? [String] ?? []
            #expect(genres.contains("Sci-Fi") || genres.contains("Horror"))
        }
    }

    @Test func aGivenRatingIsNotRecommendedAgain() throws {
        defer { program.remove() }
        try imported()
        let before = try program.run("recommend", "--user", "5", "--count", "1", "--json").json
        let first = try #require(((before["items"] as? [[String: Any]])?.first?["item"] as? [String: Any])?["id"] as? String)
        let after = try program.run("recommend", "--user", "5", "--rating", "\(first)=1", "--count", "100", "--json").json
        let ids = (after["items"] as? [[String: Any]] ?? []).compactMap { ($0["item"] as? [String: Any])?["id"] as? String }
        #expect(!ids.isEmpty && !ids.contains(first))
    }

    @Test func saysWhatToDoWithoutARatingsFile() throws {
        defer { program.remove() }
        let outcome = try program.run("recommend", "--user", "1")
        #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("kindred.ratings") && outcome.errors.contains("kindred import FOLDER"))
    }

    @Test func refusesADamagedRatingsFile() throws {
        defer { program.remove() }
        try imported()
        let file = program.folder.appending(path: "kindred.ratings")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 0x40
        try bytes.write(to: file)
        let outcome = try program.run("recommend", "--user", "1")
        #expect(outcome.exitCode == 2 && outcome.errors.contains("kindred import FOLDER"))
        try program.write("no ratings at all", to: "kindred.ratings")
        #expect(try program.run("recommend", "--user", "1").exitCode == 2)
    }

    @Test func refusesUsersItemsValuesAndGenresThatAreNotThere() throws {
        defer { program.remove() }
        try imported()
        for (arguments, words) in [
            (["--user", "nobody"], "no user nobody"), (["--rating", "99999=4"], "no item 99999"),
            (["--rating", "1=9"], "0.5 to 5.0"), (["--user", "1", "--genre", "Opera"], "Sci-Fi"),
        ] {
            let outcome = try program.run(["recommend"] + arguments)
            #expect(outcome.exitCode == 2 && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.hasPrefix("Error: ") && outcome.output.isEmpty)
        }
    }

    @Test(arguments: [
        ["recommend"], ["recommend", "--rating", "1"], ["recommend", "--user", "1", "--count", "0"], ["import"], ["nonsense"],
        ["recommend", "--user", "1", "--algorithm", "magic"], ["recommend", "--user", "1", "--neighbours", "1001"],
        ["import", "x", "--max-bad-rows", "-1"], ["sample", "x", "--items", "59"], ["jobs", "show", "no-id"], ["jobs", "show"],
        ["jobs", "dead", "discard"], ["jobs", "dead", "requeue"], ["jobs", "dead", "list", "--limit", "0"],
        ["jobs", "dead", "show"],
        ["jobs", "dead", "requeue", "--since", "yesterday"], ["ratings", "replay"], ["ratings", "replay", "--since", "-1"],
    ])
    func answersWrongCallsWith64(arguments: [String]) throws {
        defer { program.remove() }
        let outcome = try program.run(arguments)
        #expect(outcome.exitCode == 64 && outcome.errors.contains("Usage: kindred"), "\(outcome.errors)")
    }

    @Test func namesTheBadRow() throws {
        defer { program.remove() }
        try program.write("movieId,title,genres\n1,A (1999),Drama\n2,B (2000),Drama\n", to: "bad/movies.csv")
        try program.write("userId,movieId,rating,timestamp\n1,1,4.0,1\n1,2,nine,1\n2,1,3.5,1\n", to: "bad/ratings.csv")
        let refused = try program.run("import", "bad")
        #expect(refused.exitCode == 2 && refused.errors.contains("ratings.csv, line 3"), "\(refused.errors)")
        #expect(refused.errors.contains("--max-bad-rows"))
        let allowed = try program.run("import", "bad", "--max-bad-rows", "1")
        #expect(allowed.exitCode == 0 && allowed.output.contains("left out 1 bad row") && allowed.output.contains("line 3"))
    }

    @Test func importsATableOfPurchases() throws {
        defer { program.remove() }
        try program.write("0 5 1\n0 7 1\n1 5 1\n", to: "buys.txt")
        let imported = try program.run("import", "buys.txt", "--item-kind", "product", "--json")
        #expect(imported.exitCode == 0, "\(imported.errors)")
        #expect(try imported.json["ratings"] as? Int == 3 && imported.json["dataset"] as? String == "buys")
        let text = try program.run("import", "buys.txt")
        #expect(text.output.contains("a rating says that an item was chosen"))
        let unclear = try program.run("import", "buys.txt", "--user-column", "who")
        #expect(unclear.exitCode == 2 && unclear.errors.contains("--user-column"))
    }

    @Test func refusesOptionsThatMakeNoSense() throws {
        defer { program.remove() }
        try program.run("sample", "data")
        let refused = try program.run("import", "data", "--user-column", "who", "--scale", "1:5:1")
        #expect(
            refused.exitCode == 2 && refused.errors.contains("data is a MovieLens folder, for which --user-column and others"))
        #expect(try program.run("import", "data", "--scale", "5").exitCode == 64)
    }

    @Test func saysWhichFolderIsMissingOrCannotBeWritten() throws {
        defer { program.remove() }
        let missing = try program.run("import", "nowhere")
        #expect(missing.exitCode == 2 && missing.errors.contains("nowhere") && missing.errors.contains("kindred sample"))
        try program.run("sample", "data")
        let unwritable = try program.run("import", "data", "--output", "no/such/folder/x.ratings")
        #expect(unwritable.exitCode == 1 && unwritable.errors.contains("no/such/folder"))
    }

    @Test func doesNotReplaceDataUnasked() throws {
        defer { program.remove() }
        #expect(try program.run("sample", "data", "--users", "20", "--items", "60").exitCode == 0)
        let again = try program.run("sample", "data")
        #expect(again.exitCode == 2 && again.errors.contains("--force"))
        #expect(try program.run("sample", "data", "--force").exitCode == 0)
    }

    @Test func doctorFailsWhereServersAreMissing() throws {
        defer { program.remove() }
        try imported()
        let outcome = try program.run("doctor")
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("ok    ratings file") && outcome.output.contains("fail  Redis"))
        #expect(outcome.output.contains("REDIS_HOST") && outcome.output.contains("RABBITMQ_HOST"))
        let json = try program.run("doctor", "--json")
        #expect(try json.json["ok"] as? Bool == false && json.exitCode == 1)
        let setting = try program.run("doctor", environment: ["REDIS_PORT": "many"])
        #expect(setting.exitCode == 1 && setting.output.contains("REDIS_PORT is \"many\""))
    }

    @Test func showsNoJobWithoutRedis() throws {
        defer { program.remove() }
        let outcome = try program.run("jobs", "show", "01aryz6s41zzzzzzzzzzzzzzzz")
        #expect(outcome.exitCode == 1 && outcome.errors.contains("REDIS_HOST"))
    }

    @Test(arguments: [
        ["jobs", "dead", "list"], ["jobs", "dead", "requeue", "--all"], ["jobs", "dead", "discard", "--all", "--yes"],
        ["ratings", "replay", "--since", "first"],
    ])
    func saysWhereRabbitMQWouldHaveBeen(arguments: [String]) throws {
        defer { program.remove() }
        let outcome = try program.run(arguments)
        #expect(outcome.exitCode == 1 && outcome.errors.contains("RABBITMQ_HOST"), "\(outcome.errors)")
    }

    @Test func discardsNothingUnasked() throws {
        defer { program.remove() }
        let outcome = try program.run("jobs", "dead", "discard", "--all")
        #expect(outcome.exitCode == 2 && outcome.errors.contains("--yes"))
    }

    @Test(arguments: [
        [], ["import"], ["sample"], ["recommend"], ["jobs"], ["jobs", "show"], ["jobs", "dead"], ["ratings", "replay"],
        ["load"], ["doctor"],
    ])
    func hasHelpOnEverything(command: [String]) throws {
        defer { program.remove() }
        let outcome = try program.run(command + ["--help"])
        #expect(outcome.exitCode == 0 && outcome.output.contains("OVERVIEW") && outcome.output.contains("USAGE"))
    }

    @Test func knowsItsVersion() throws {
        defer { program.remove() }
        let outcome = try program.run("--version")
        #expect(outcome.exitCode == 0 && outcome.output == "\(kindredVersion)\n")
    }

    private func imported() throws {
        try program.run("sample", "data")
        #expect(try program.run("import", "data").exitCode == 0)
    }
}
