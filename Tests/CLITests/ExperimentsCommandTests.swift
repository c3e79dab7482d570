import Experiments
import Foundation
import ServiceRuntime
import Testing

@testable import CLI

@Suite struct ExperimentsCommandTests {
    private static let file = """
        experiments:
          - name: first
            start: 2020-01-01
            end: 2020-02-01
            users: 50%
            variants:
              - {name: as-before, share: 75}
              - {name: popular, share: 25, algorithm: popularity, count: 5}
        """
    private let program: CommandLineProgram

    init() throws { program = try CommandLineProgram() }

    private func check(_ text: String) throws -> CommandLineProgram.Outcome {
        try text.write(to: program.folder.appending(path: "my.yaml"), atomically: true, encoding: .utf8)
        return try program.run("experiments", "check", "my.yaml")
    }

    @Test func saysWhatAFileMeans() throws {
        defer { program.remove() }
        let outcome = try check(Self.file)
        #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
        let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        #expect(lines.count == 3)
        #expect(lines[1].prefix(4) == ["first", "ended", "2020-01-01T00:00", "2020-02-01T00:00"])
        #expect(lines[2].joined(separator: " ") == "popular 25 % algorithm popularity, count 5")
        #expect(try check("experiments: []").output == "There are no experiments.\n")
    }

    @Test func saysWhichLineIsWrong() throws {
        defer { program.remove() }
        let outcome = try check(Self.file.replacing("share: 25", with: "share: 250"))
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.hasPrefix("Error: my.yaml:8: share is 250; more than 0 % and no more than 100 % is possible\n"))
    }

    @Test func reportsNeedAFileAndARedis() throws {
        defer { program.remove() }
        #expect(try program.run("experiments", "report").errors.hasPrefix("Error: there is no file of experiments\n"))
        _ = try check(Self.file)
        let unknown = try program.run("experiments", "report", "second", "--file", "my.yaml")
        #expect(unknown.exitCode == 2 && unknown.errors.contains("There are: first"))
        let outcome = try program.run("experiments", "report", environment: ["EXPERIMENTS_FILE": "my.yaml"])
        #expect(outcome.exitCode == 1 && outcome.errors.contains("Redis at"))
    }

    @Test func showsAReport() {
        let experiment = Experiment(
            name: "e", start: .init(milliseconds: 0), end: .init(milliseconds: 86_400_000), window: .seconds(3600),
            variants: [ExperimentVariant(name: "a", share: 0.5), ExperimentVariant(name: "b", share: 0.5)])
        var counts = ExperimentCounts()
        for (variant, sum) in [("a", 1000), ("b", 2000)] as [(String, Int64)] {
            counts.numbers[.init(period: 0, variant: variant, quantity: .users)] = 1000
            counts.numbers[.init(period: 0, variant: variant, quantity: .exposures)] = 1500
            counts.numbers[.init(period: 0, variant: variant, quantity: .sum(.ratings))] = sum
            counts.numbers[.init(period: 0, variant: variant, quantity: .squares(.ratings))] = 3 * sum
        }
        let report = ExperimentReport(on: experiment, counts, at: .init(milliseconds: 2 * 86_400_000))
        let text = ExperimentReportView(report: report).text
        #expect(text.hasPrefix("e: ended, from 1970-01-01T00:00 to 1970-01-02T00:00, users observed for 1 h each\n"))
        #expect(text.contains("1,500") && text.contains("+100.0 %") && text.contains("< 0.0001"))
        #expect(text.contains("Users per variant as meant: p = 1.000"))
        #expect(text.contains("b is better than a: between +"))
        #expect(!text.contains("dwell"))
    }
}
