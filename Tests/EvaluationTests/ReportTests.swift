import Evaluation
import Recommenders
import Testing

struct ReportTests {
    static func report(names: [String] = ["popularity", "hash"]) throws -> EvaluationReport {
        let split = try Split.leaveLastOut(RatingMatrix.random(seed: 31, users: 70))
        let evaluator = Evaluator(split.testSet(), scale: .halfStars)
        let outcomes = names.enumerated().map { number, name in
            var contender = Contender(
                name: name, scorer: HashScorer(itemCount: 45, seed: UInt64(number)), parameters: ["λ": 300, "kind": "binary"])
            contender.trainingSeconds = 1.5
            return evaluator.evaluate(contender)
        }
        return EvaluationReport(
            dataset: DatasetSummary(name: "random", users: 70, items: 45, ratings: 700),
            split: SplitSummary(split.method, evaluator.set, validationUse: .trained), evaluator: evaluator, outcomes: outcomes,
            baseline: names[0], bootstrap: Bootstrap(resamples: 20), command: ["kindred", "evaluate"],
            date: "2026-01-02T03:04:05Z")
    }

    @Test func isReadBack() throws {
        let report = try Self.report()
        let json = try report.json()
        #expect(try EvaluationReport(json: json) == report)
        #expect(try EvaluationReport(json: json).json() == json)
        let text = String(decoding: json, as: UTF8.self)
        for name in ["\"ndcg@10\"", "\"heldOutRatings\"", "\"queriesPerSecond\"", "\"kindred-evaluation/1\""] {
            #expect(text.contains(name))
        }
    }

    @Test func breakdownsAddUp() throws {
        let report = try Self.report()
        for algorithm in report.algorithms {
            #expect(algorithm.byProfileSize.map(\.count).reduce(0, +) == report.split.users)
            #expect(algorithm.byItemPopularity.map(\.count).reduce(0, +) == report.split.heldOutRatings)
            let bySize = algorithm.byProfileSize.map { Double($0.count) * ($0.metrics["ndcg@10"]?.value ?? 0) }.reduce(0, +)
            #expect(abs(bySize / Double(report.split.users) - (algorithm[.ndcg(10)]?.value ?? -1)) < 1e-12)
            let found = algorithm.byItemPopularity.map { Double($0.count) * ($0.metrics["recall@20"]?.value ?? 0) }.reduce(0, +)
            // One held-out item each, so recall over ratings is recall over users.
            #expect(abs(found / Double(report.split.users) - (algorithm[.recall(20)]?.value ?? -1)) < 1e-12)
        }
    }

    @Test func theTableHasARowForEachAlgorithm() throws {
        let table = try Self.report().table()
        #expect(table.rows.count == 2 && table.rows[0][0] == "popularity (baseline)" && table.rows[1][0] == "hash")
        #expect(table.rows.allSatisfy { $0.count == table.header.count } && table.isNumber.count == table.header.count)
        #expect(table.header.contains("NDCG@10") && table.header.contains("Δ NDCG@10"))
        #expect(
            try Self.report().table(of: [.recall(20), .rootMeanSquaredError]).header.prefix(2) == ["algorithm", "Recall@20"])
    }
}
