/// Makes rates with intervals of an outcome's counts. Users are drawn, not predictions: those of one user hang together.
struct OnlineFigures {
    private let outcome: OnlineOutcome
    private let bootstrap: Bootstrap
    /// By column.
    private let sums: [Double]
    /// By resample and column.
    private let resampled: [[Double]]

    init(_ outcome: OnlineOutcome, bootstrap: Bootstrap) {
        self.outcome = outcome
        self.bootstrap = bootstrap
        let rows = outcome.rows
        sums = rows.units(1)
        resampled = bootstrap.sums(of: [rows])[0]
    }

    var newcomers: OnlineReport.Newcomers {
        let rates = (0..<2).map { arm in
            sums.rate([outcome.newcomerHits(ofPopularity: arm)], of: [outcome.newcomers]) ?? 0
        }
        return .init(
            predictions: sums.isEmpty ? 0 : Int(sums[outcome.newcomers]), frozenHitRate: rates[0], onlineHitRate: rates[1])
    }

    func report(of arm: Int, name: String, comparedWith other: Int?) -> OnlineReport.Arm {
        let windows = Array(outcome.windowStarts.indices)
        func estimate(_ windows: [Int], _ column: (Int, Int) -> Int) -> MetricEstimate? {
            self.estimate(
                windows.map { column(arm, $0) }, comparedWith: other.map { other in windows.map { column(other, $0) } },
                of: windows.map { outcome.predictions(in: $0) })
        }
        let none = MetricEstimate(value: 0, interval: nil, difference: nil)
        return .init(
            name: name, hitRate: estimate(windows, outcome.hits) ?? none, ndcg: estimate(windows, outcome.gains) ?? none,
            windows: windows.map { estimate([$0], outcome.hits) })
    }

    private func estimate(_ columns: [Int], comparedWith others: [Int]?, of totals: [Int]) -> MetricEstimate? {
        guard let value = sums.rate(columns, of: totals) else { return nil }
        let values = resampled.compactMap { $0.rate(columns, of: totals) }
        var difference: MetricEstimate.Difference?
        if let others, let other = sums.rate(others, of: totals) {
            let differences = resampled.compactMap { sums -> Double? in
                guard let value = sums.rate(columns, of: totals), let other = sums.rate(others, of: totals) else { return nil }
                return value - other
            }
            difference = .init(
                value: value - other, interval: bootstrap.interval(of: differences), chance: Comparison.chance(differences))
        }
        return MetricEstimate(value: value, interval: bootstrap.interval(of: values), difference: difference)
    }
}

extension [Double] {
    /// nil where the denominator is 0.
    fileprivate func rate(_ columns: [Int], of totals: [Int]) -> Double? {
        let total = totals.reduce(0) { $0 + (indices.contains($1) ? self[$1] : 0) }
        return total > 0 ? columns.reduce(0) { $0 + self[$1] } / total : nil
    }
}
