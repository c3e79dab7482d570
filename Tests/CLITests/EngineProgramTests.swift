import Foundation
import Testing

/// The commands that train, evaluate, tune and measure, as their user calls them.
@Suite(.serialized) struct EngineProgramTests {
    let program: CommandLineProgram

    init() throws {
        program = try CommandLineProgram()
        try program.run("sample", "data", "--users", "120", "--items", "80")
        try program.run("import", "data", "--output", "kindred.ratings")
    }

    @Test func trainsModelsThatAnswer() throws {
        defer { program.remove() }
        let missing = try program.run("recommend", "--user", "1", "--algorithm", "ease")
        #expect(missing.exitCode == 2 && missing.errors.contains("kindred train --algorithm ease"), "\(missing.errors)")
        let trained = try program.run("train", "--json")
        #expect(trained.exitCode == 0, "\(trained.errors)")
        let models = try trained.json["models"] as? [[String: Any]] ?? []
        #expect(
            models.compactMap { $0["name"] as? String }
                == ["item-neighbors", "similar-items", "ease", "implicit-als", "graph-filter", "blend"])
        let algorithms = Set(models.compactMap { $0["algorithm"] as? String })
        for algorithm in algorithms {
            let list = try program.run("recommend", "--user", "1", "--algorithm", algorithm, "--json")
            #expect(list.exitCode == 0, "\(algorithm): \(list.errors)")
            let items = try list.json["items"] as? [[String: Any]] ?? []
            #expect(items.count == 10)
            #expect(try list.json["fallback"] is NSNull)
            #expect(items.allSatisfy { ($0["because"] as? [Any])?.isEmpty == false }, "\(algorithm)")
        }
        let file = program.folder.appending(path: "kindred.models/ease.model")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        let damaged = try program.run("recommend", "--user", "1", "--algorithm", "ease")
        #expect(damaged.exitCode == 2 && damaged.errors.contains("damaged") && damaged.errors.contains("kindred train"))
        #expect(try program.run("doctor").output.contains("model ease"))
    }

    @Test func evaluatesWritesReportsAndTunesWhatItThenReads() throws {
        defer { program.remove() }
        let evaluated = try program.run(
            "evaluate", "--algorithm", "ease", "--algorithm", "popularity", "--json", "--html", "page.html", "--output",
            "report.json")
        #expect(evaluated.exitCode == 0, "\(evaluated.errors)")
        let found = try evaluated.json["algorithms"] as? [[String: Any]] ?? []
        #expect(found.compactMap { $0["name"] as? String } == ["ease", "popularity"])
        let metrics = found.first?["metrics"] as? [String: [String: Any]]
        #expect((metrics?["ndcg@10"]?["value"] as? Double).map { 0...1 ~= $0 } == true)
        let page = try String(contentsOf: program.folder.appending(path: "page.html"), encoding: .utf8)
        #expect(page.contains("<svg") && page.contains("popularity"))
        #expect(FileManager.default.fileExists(atPath: program.folder.appending(path: "report.json").path(percentEncoded: false)))

        let tuned = try program.run("tune", "--algorithm", "ease", "--trials", "3", "--seconds", "20", "--output", "ease.json")
        #expect(tuned.exitCode == 0, "\(tuned.errors)")
        #expect(try program.run("train", "--parameters", "ease.json").exitCode == 0)
        #expect(try program.run("evaluate", "--parameters", "ease.json", "--on", "validation").exitCode == 0)
        let blend = try program.run("tune", "--algorithm", "blend", "--parameters", "ease.json", "--output", "blend.json")
        #expect(blend.exitCode == 0, "\(blend.errors)")
        #expect(try program.run("evaluate", "--parameters", "blend.json", "--parameters", "ease.json").exitCode == 0)
    }

    @Test func evaluatesOverTime() throws {
        defer { program.remove() }
        #expect(try program.run("sample", "drift", "--drift", "--users", "120", "--items", "80").exitCode == 0)
        #expect(try program.run("import", "drift", "--output", "drift.ratings").exitCode == 0)
        let arguments = [
            "evaluate", "--online", "--ratings", "drift.ratings", "--predictions", "400", "--algorithm", "user-neighbors",
            "--algorithm", "implicit-als", "--retrain-days", "90",
        ]
        let evaluated = try program.run(arguments + ["--json", "--html", "page.html", "--output", "online.json"])
        #expect(evaluated.exitCode == 0, "\(evaluated.errors)")
        let found = try evaluated.json["algorithms"] as? [[String: Any]] ?? []
        let arms = found.map { ($0["arms"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String } }
        #expect(arms == [["frozen", "online"], ["frozen", "online", "every 90 d"]])
        #expect(try evaluated.json["predictions"] as? Int == 400)
        let page = try String(contentsOf: program.folder.appending(path: "page.html"), encoding: .utf8)
        #expect(page.contains("<svg") && page.contains("user-neighbors"))
        let again = try program.run(arguments + ["--json"])
        #expect(try again.json["algorithms"] as? NSArray == evaluated.json["algorithms"] as? NSArray)
        let text = try program.run("evaluate", "--online", "--ratings", "drift.ratings", "--algorithm", "popularity").output
        #expect(text.contains("frozen") && text.contains("users without a profile"))
        #expect(try program.run("evaluate", "--online", "--split", "temporal").exitCode != 0)
    }

    @Test func evaluatesQuestionsToNewcomers() throws {
        defer { program.remove() }
        let evaluated = try program.run("evaluate", "--newcomers", "--json")
        #expect(evaluated.exitCode == 0, "\(evaluated.errors)")
        let orders = try evaluated.json["orders"] as? [[String: Any]] ?? []
        #expect(orders.compactMap { $0["order"] as? String } == ["popular", "informative"])
        #expect(try program.run("evaluate", "--newcomers").output.contains("informative"))
    }

    @Test func evaluatesGivenSplits() throws {
        defer { program.remove() }
        let training = (0..<30).map { user in "\(user) " + (0..<8).map { "\((user * 3 + $0 * 2) % 25)" }.joined(separator: " ") }
        let test = (0..<30).map { user in "\(user) \((user * 3 + 16) % 25)" }
        let validation = (0..<30).map { user in "\(user) \((user * 3 + 18) % 25)" }
        for (name, lines) in [("train", training), ("valid", validation), ("test", test)] {
            try program.write(lines.joined(separator: "\n") + "\n", to: "\(name).txt")
        }
        let outcome = try program.run(
            "evaluate", "--training", "train.txt", "--validation", "valid.txt", "--test", "test.txt", "--algorithm",
            "item-neighbors", "--algorithm", "graph-filter", "--cutoffs", "5", "--json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect((try outcome.json["split"] as? [String: Any])?["method"] as? String == "as-given")
        let tuned = try program.run(
            "tune", "--algorithm", "item-neighbors", "--training", "train.txt", "--validation", "valid.txt", "--test", "test.txt",
            "--trials", "2")
        #expect(tuned.exitCode == 0, "\(tuned.errors)")
    }

    @Test func measures() throws {
        defer { program.remove() }
        let outcome = try program.run("bench", "--data", "data", "--train", "item-neighbors", "--queries", "20", "--json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let report = try outcome.json
        #expect(report["ratings"] as? Int ?? 0 > 0 && report["privateBytes"] as? Int ?? 0 > 0)
        let queries = report["queries"] as? [String: [String: Any]] ?? [:]
        #expect(Set(queries.keys) == ["user-neighbors", "classic", "item-neighbors", "popularity", "trending"])
        #expect(queries.values.allSatisfy { $0["count"] as? Int == 20 })
    }

    @Test(arguments: [
        (["train", "--algorithm", "ease", "--set", "nonsense=1"], "regularization"),
        (["train", "--algorithm", "ease", "--set", "items=many"], "items"),
        (["train", "--algorithm", "ease", "--set", "regularization=0"], "regularization"),
        (["train", "--algorithm", "implicit-als", "--set", "dimensions=12"], "multiple of 8"),
        (["train", "--algorithm", "ease", "--memory-limit", "0.00001"], "would fit"),
        (["train", "--algorithm", "implicit-als", "--memory-limit", "0.00001"], "dimensions"),
        (["train", "--algorithm", "item-neighbors", "--memory-limit", "0.00001"], "neighbours"),
        (["train", "--algorithm", "popularity", "--set", "foo=1"], "halfLifeDays"),
        (["train", "--parameters", "none.json"], "none.json"),
        (["evaluate", "--training", "none.txt", "--test", "none.txt"], "none.txt"),
        (["bench", "--ratings", "none.ratings"], "none.ratings"),
    ]) func refusesAndSaysWhy(arguments: [String], words: String) throws {
        defer { program.remove() }
        let outcome = try program.run(arguments)
        #expect(outcome.exitCode == 2 && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test func writesToFilesOnlyAndThroughLinks() throws {
        defer { program.remove() }
        let pipe = program.folder.appending(path: "pipe").path(percentEncoded: false)
        #expect(mkfifo(pipe, 0o600) == 0)
        for arguments in [["import", "data", "--output", "pipe"], ["import", "data", "--output", "data"]] {
            let outcome = try program.run(arguments)
            #expect(outcome.exitCode == 1 && outcome.errors.contains("cannot put a file in the place of"), "\(outcome.errors)")
        }
        #expect(try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType != .typeRegular)
        let link = program.folder.appending(path: "link.ratings").path(percentEncoded: false)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "kindred.ratings")
        #expect(try program.run("import", "data", "--output", "link.ratings").exitCode == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: link)[.type] as? FileAttributeType == .typeSymbolicLink)
        #expect(try program.run("recommend", "--user", "1").exitCode == 0)
    }

    @Test(arguments: [
        ["train", "--set", "a=1"], ["train", "--algorithm", "classic"], ["train", "--algorithm", "nothing"],
        ["evaluate", "--cutoffs", "none"], ["evaluate", "--training", "a.txt"], ["evaluate", "--users", "0"],
        ["tune"], ["tune", "--algorithm", "classic"], ["tune", "--algorithm", "ease", "--metric", "beauty"],
        ["bench", "--queries", "0"], ["bench", "--data", "data", "--ratings", "kindred.ratings"],
    ]) func saysHowItIsCalled(arguments: [String]) throws {
        defer { program.remove() }
        #expect(try program.run(arguments).exitCode == 64, "\(arguments)")
    }
}
