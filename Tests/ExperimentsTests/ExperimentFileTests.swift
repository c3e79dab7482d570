import Experiments
import Recommenders
import ServiceRuntime
import Testing

@Suite struct ExperimentFileTests {
    private static let file = """
        experiments:
          - name: als
            start: 2026-11-24
            end: 2026-12-22T12:30:00Z
            users: 50%
            window: 12h
            outcome: likes
            variants:
              - {name: as-before, share: 60}
              - name: new
                share: 40%
                algorithm: implicit-als
                count: 30
          - name: neighbours
            salt: pepper
            start: 2026-11-24
            end: 2026-12-22
            variants:
              - {name: few, share: 50, neighbours: 20}
              - {name: many, share: 50, neighbours: 100, similarity: jaccard}
        """

    @Test func readsWhatItDescribes() throws {
        let plan = try ExperimentPlan(yaml: Self.file)
        let first = try #require(plan["als"])
        #expect(first.start.iso8601 == "2026-11-24T00:00:00.000Z")
        #expect(first.end.iso8601 == "2026-12-22T12:30:00.000Z")
        #expect(first.users == 0.5)
        #expect(first.window == .seconds(12 * 3600))
        #expect(first.period == first.window)
        #expect(first.outcome == .likes)
        #expect(first.salt == "als")
        #expect(
            first.variants == [
                ExperimentVariant(name: "as-before", share: 0.6),
                ExperimentVariant(name: "new", share: 0.4, query: RecommendationQuery(count: 30, algorithm: .implicitALS)),
            ])
        let second = try #require(plan["neighbours"])
        #expect(second.salt == "pepper")
        #expect(second.users == 1)
        #expect(second.window == .seconds(7 * 86_400))
        #expect(second.outcome == .ratings)
        #expect(second.parameters == [.neighbours, .similarity])
        #expect(plan.algorithms(after: first.start) == [.implicitALS])
        #expect(plan.algorithms(after: first.end).isEmpty)
    }

    @Test func noExperimentsAreFine() throws {
        #expect(try ExperimentPlan(yaml: "experiments: []").experiments.isEmpty)
    }

    /// Each changes one thing of the file above, and says which line is wrong and why.
    @Test(arguments: [
        ("share: 40%", "share: 60%", 8, "variants have shares of 120.0 % together"),
        ("share: 40%", "share: -3", 11, "share is -3; more than 0 %"),
        ("share: 40%", "share: 140%", 11, "share is 140%; more than 0 %"),
        ("users: 50%", "users: 101", 5, "users is 101"),
        ("users: 50%", "people: 50%", 5, "\"people\" is not known here; there are: name, salt, start"),
        ("algorithm: implicit-als", "algorithm: magic", 12, "algorithm is \"magic\"; there are: user-neighbors, classic"),
        ("count: 30", "count: 501", 13, "count is 501; a number from 1 to 500"),
        ("count: 30", "count: 30\n        neighbours: 9", 15, "neighbours and als overlap: both set neighbours at the same time"),
        ("name: new", "name: as-before", 10, "name is as-before a second time"),
        ("name: new", "name: New one", 10, "name is \"New one\"; up to 40 lower-case letters"),
        ("start: 2026-11-24\n    end: 2026-12-22T", "start: 2026-12-30\n    end: 2026-12-22T", 4, "end is not after start"),
        ("end: 2026-12-22T12:30:00Z", "end: 2026-02-30", 4, "end is \"2026-02-30\"; a day like"),
        ("end: 2026-12-22T12:30:00Z", "end: 2028-02-28", 4, "end is more than 400 days after start"),
        ("window: 12h", "window: 12 hours", 6, "window is \"12 hours\"; a number with its unit"),
        ("window: 12h", "window: 1s", 6, "window is 1s, which is too short"),
        ("window: 12h", "window: 10s", 6, "window is shorter than a thousandth"),
        ("outcome: likes", "outcome: money", 7, "outcome is \"money\"; there are: ratings, likes"),
        ("name: neighbours", "name: als", 14, "there are two experiments named als"),
        ("salt: pepper", "salt: als", 14, "neighbours has the salt of als"),
        ("  - name: als\n", "  - name: [als\n", 3, "it is no YAML"),
        ("    users: 50%\n", "    users: 50%\n    users: 60%\n", 5, "users stands there twice"),
    ])
    func saysWhatIsWrongAndWhere(part: String, replacement: String, line: Int, problem: String) {
        let text = Self.file.replacing(part, with: replacement, maxReplacements: 1)
        #expect(text != Self.file)
        do throws(ExperimentsFileError) {
            _ = try ExperimentPlan(yaml: text)
            Issue.record("accepted")
        } catch {
            #expect(error.line == line)
            #expect(error.problem.hasPrefix(problem), "\(error)")
        }
    }

    @Test(arguments: ["", "[1, 2]", "experiments: 3", "tests: []", "experiments:\n  - name: a\n"])
    func refusesWhatIsNoFileOfExperiments(text: String) {
        #expect(throws: ExperimentsFileError.self) { try ExperimentPlan(yaml: text) }
    }
}
