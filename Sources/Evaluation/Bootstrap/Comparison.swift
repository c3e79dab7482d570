/// Several algorithms side by side, on the same users.
package struct Comparison: Sendable {
    /// By algorithm, in the order given.
    package let estimates: [[Metric: MetricEstimate]]

    /// - Parameter baseline: the place of the algorithm that the others are compared with; nil for none.
    package init(_ outcomes: [AlgorithmOutcome], baseline: Int?, bootstrap: Bootstrap) {
        guard let layout = outcomes.first?.figures.layout else {
            estimates = []
            return
        }
        let sums = bootstrap.sums(of: outcomes.map(\.figures))
        estimates = outcomes.indices.map { algorithm in
            var estimates: [Metric: MetricEstimate] = [:]
            for metric in Metric.all(at: layout.cutoffs) {
                guard let value = outcomes[algorithm][metric] else { continue }
                let ratio = metric.isPerUser ? layout.ratio(of: metric) : nil
                let resampled = ratio.map { ratio in sums[algorithm].compactMap { ratio.value(of: $0) } }
                estimates[metric] = MetricEstimate(
                    value: value, interval: resampled.flatMap { bootstrap.interval(of: $0) },
                    difference: baseline.flatMap { baseline in
                        guard baseline != algorithm, let other = outcomes[baseline][metric] else { return nil }
                        let differences = ratio.map { Self.differences(sums[algorithm], sums[baseline], $0) }
                        return MetricEstimate.Difference(
                            value: value - other, interval: differences.flatMap { bootstrap.interval(of: $0) },
                            chance: differences.flatMap { Self.chance($0) })
                    })
            }
            return estimates
        }
    }

    private static func differences(_ sums: [[Double]], _ baseline: [[Double]], _ ratio: MetricRatio) -> [Double] {
        zip(sums, baseline).compactMap { own, other in
            guard let own = ratio.value(of: own), let other = ratio.value(of: other) else { return nil }
            return own - other
        }
    }

    /// The resample that is the data itself is counted with the others (Davison and Hinkley 1997, § 4.2).
    static func chance(_ differences: [Double]) -> Double? {
        guard !differences.isEmpty else { return nil }
        let fewer = min(differences.count { $0 <= 0 }, differences.count { $0 >= 0 })
        return min(1, 2 * Double(fewer + 1) / Double(differences.count + 1))
    }
}
