extension OnlineReport {
    /// A row for each arm, with its difference from the first of its algorithm.
    package var table: ReportTable {
        let (hitRate, ndcg) = (Metric.hitRate(cutoff), Metric.ndcg(cutoff))
        let rows = algorithms.flatMap { algorithm in
            algorithm.arms.enumerated().map { place, arm in
                let difference = arm.hitRate.difference
                return [
                    place == 0 ? algorithm.name : "", arm.name, hitRate.text(of: arm.hitRate.value),
                    difference.map { hitRate.signedText(of: $0.value) } ?? "–",
                    difference?.interval.map { hitRate.text(of: $0) } ?? "–", ndcg.text(of: arm.ndcg.value),
                    arm.ndcg.difference.map { ndcg.signedText(of: $0.value) } ?? "–",
                    arm.ndcg.difference?.interval.map { ndcg.text(of: $0) } ?? "–",
                ]
            }
        }
        let level = "\(Int((bootstrap.level * 100).rounded())) % interval"
        return ReportTable(
            header: ["algorithm", "knows", hitRate.title, "Δ", level, ndcg.title, "Δ", level], rows: rows,
            isNumber: [false, false] + [Bool](repeating: true, count: 6))
    }

    /// The hit rates over time.
    package var windowTable: ReportTable {
        let metric = Metric.hitRate(cutoff)
        let rows = algorithms.flatMap { algorithm in
            algorithm.arms.enumerated().map { place, arm in
                [place == 0 ? algorithm.name : "", arm.name] + arm.windows.map { $0.map { metric.text(of: $0.value) } ?? "–" }
            }
        }
        return ReportTable(
            header: ["\(metric.title) from", ""] + windows, rows: rows,
            isNumber: [false, false] + [Bool](repeating: true, count: windows.count))
    }

    /// How much there was of what.
    package var facts: [(name: String, count: Int)] {
        [
            ("ratings known at the start", trainingRatings), ("ratings that came in", learnedRatings),
            ("of them predicted", predictions), ("users predicted", users),
            ("predictions of users without a profile", newcomers.predictions),
        ]
    }
}
