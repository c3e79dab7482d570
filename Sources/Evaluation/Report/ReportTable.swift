/// Text in rows and columns.
package struct ReportTable: Hashable, Sendable {
    package var header: [String]
    package var rows: [[String]]
    /// Which columns are numbers, to be set flush right.
    package var isNumber: [Bool]
}

extension EvaluationReport {
    /// One row per algorithm, in order: its name, the metrics, and for the first of them the difference from the baseline.
    ///
    /// - Parameter metrics: by default HR, NDCG and recall at the first cutoff, MRR, coverage, and RMSE where there is any.
    package func table(of metrics: [Metric]? = nil) -> ReportTable {
        let metrics = (metrics ?? usualMetrics).filter { metric in algorithms.contains { $0[metric] != nil } }
        let compared = baseline == nil ? nil : metrics.first { $0 == objective } ?? metrics.first
        var header = ["algorithm"] + metrics.map(\.title)
        if let compared { header += ["Δ \(compared.title)", "\(Int((bootstrap.level * 100).rounded())) % interval"] }
        header += ["training", "lists/s"]
        let rows = algorithms.map { algorithm in
            var row = [algorithm.name == baseline ? "\(algorithm.name) (baseline)" : algorithm.name]
            row += metrics.map { metric in algorithm[metric].map { metric.text(of: $0.value) } ?? "–" }
            if let compared {
                let difference = algorithm[compared]?.difference
                row.append(difference.map { compared.signedText(of: $0.value) } ?? "–")
                row.append(difference?.interval.map { compared.text(of: $0) } ?? "–")
            }
            row.append(algorithm.trainingSeconds.map { FixedNumber.text($0, places: $0 < 10 ? 2 : 0) + " s" } ?? "–")
            row.append(FixedNumber.text(algorithm.queriesPerSecond, places: 0))
            return row
        }
        let isNumber = [false] + [Bool](repeating: true, count: header.count - 1)
        return ReportTable(header: header, rows: rows, isNumber: isNumber)
    }

    /// What the algorithms are mainly judged by.
    package var objective: Metric { .ndcg(cutoffs.first ?? 10) }

    package var usualMetrics: [Metric] {
        let cutoff = cutoffs.first ?? 10
        var metrics: [Metric] = [.hitRate(cutoff), .ndcg(cutoff), .recall(cutoff), .reciprocalRank, .coverage(cutoff)]
        // With one held-out item each, recall is the hit rate.
        if split.heldOutRatings == split.users { metrics.removeAll { $0 == .recall(cutoff) } }
        return metrics + [.diversity(cutoff), .rootMeanSquaredError]
    }
}

extension Metric {
    /// With as many digits as make sense.
    func text(of value: Double) -> String {
        if case .novelty = self { FixedNumber.text(value, places: 2) } else { FixedNumber.text(value, places: 4) }
    }

    func signedText(of value: Double) -> String { (value < 0 ? "−" : "+") + text(of: abs(value)) }

    func text(of interval: Interval) -> String { "[\(signedText(of: interval.low)), \(signedText(of: interval.high))]" }
}
