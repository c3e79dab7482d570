/// The figures of some of the users, or of some of the held-out ratings.
package struct BreakdownRow: Hashable, Sendable, Codable {
    /// The lowest and the highest count in it: of ratings in the profile, or of training ratings of the held-out item. No highest
    /// where there is no limit.
    package var from: Int
    package var to: Int?
    /// How many users or held-out ratings it is about.
    package var count: Int
    /// By `Metric.description`.
    package var metrics: [String: Figure]

    package struct Figure: Hashable, Sendable, Codable {
        package var value: Double
        package var standardError: Double
    }

    package var title: String { Bucket(lowerBound: from, last: to).title }

    /// The mean of the users with a profile of such a size; sizes that nobody has are left out.
    static func byProfileSize(_ outcome: AlgorithmOutcome, _ sizes: [Int]) -> [BreakdownRow] {
        let places = Dictionary(grouping: sizes.indices) { Bucket.profileSizes.place(of: sizes[$0]) }
        let cutoffs = outcome.figures.layout.cutoffs
        let metrics = cutoffs.map { Metric.hitRate($0) } + cutoffs.map { .ndcg($0) } + cutoffs.map { .recall($0) }
        return Bucket.profileSizes.enumerated().compactMap { number, bucket in
            guard let places = places[number] else { return nil }
            return BreakdownRow(bucket, count: places.count, metrics) { metric in
                Figure(meanOf: places.compactMap { outcome.figures.value(metric, at: $0) })
            }
        }
    }

    /// The share of the held-out ratings of items so popular that are found (recall over ratings, not over users).
    static func byItemPopularity(_ outcome: AlgorithmOutcome) -> [BreakdownRow] {
        let cutoffs = outcome.figures.layout.cutoffs
        return Bucket.popularity.enumerated().compactMap { number, bucket in
            let count = outcome.found.heldOut[number]
            guard count > 0 else { return nil }
            return BreakdownRow(bucket, count: count, cutoffs.map { .recall($0) }) { metric in
                let hits = cutoffs.firstIndex { .recall($0) == metric }.map { outcome.found.hits[number][$0] } ?? 0
                let share = Double(hits) / Double(count)
                return Figure(value: share, standardError: (share * (1 - share) / Double(count)).squareRoot())
            }
        }
    }

    private init(_ bucket: Bucket, count: Int, _ metrics: [Metric], figure: (Metric) -> Figure) {
        from = bucket.lowerBound
        to = bucket.last
        self.count = count
        self.metrics = Dictionary(uniqueKeysWithValues: metrics.map { ($0.description, figure($0)) })
    }
}

extension BreakdownRow.Figure {
    fileprivate init(meanOf values: [Double]) {
        let count = Double(max(values.count, 1))
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
        self.init(value: mean, standardError: (variance / count).squareRoot())
    }
}
