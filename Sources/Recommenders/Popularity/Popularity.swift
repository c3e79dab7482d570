#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The most rated items first, for whoever there is nothing else to go by; of equally often rated ones the higher mean, then
/// the lower index. Items without ratings are not in it.
package struct Popularity: ItemScorer {
    /// By item: how often it was rated, or what its ratings still count, plus less than one for its mean; `-infinity` without ratings.
    private let scores: [Float]
    /// Items with ratings, best first.
    private let order: [UInt32]

    package var itemCount: Int { scores.count }

    /// - Complexity: O(ratings + items log items).
    package init(ratings: RatingMatrix, scale: RatingScale, parameters: PopularityParameters = .init()) {
        let sums = ratings.columnCodeSums
        let counts = Self.counts(ratings, parameters)
        let scores = (0..<ratings.itemCount).map { item -> Float in
            let count = ratings.column(item).count
            guard count > 0 else { return -.infinity }
            let mean = Double(sums[item]) / Double(count)
            return Float(counts[item] + mean / (Double(scale.maximumCode) + 1))
        }
        self.scores = scores
        order = (0..<UInt32(ratings.itemCount)).filter { scores[Int($0)] > -.infinity }
            .sorted { (scores[Int($0)], $1) > (scores[Int($1)], $0) }
    }

    /// By item, what its ratings count together.
    private static func counts(_ ratings: RatingMatrix, _ parameters: PopularityParameters) -> [Double] {
        guard let halfLife = parameters.halfLifeDays, ratings.hasTimes, let newest = ratings.rowTimes.max() else {
            return (0..<ratings.itemCount).map { Double(ratings.column($0).count) }
        }
        // Whole days, so that a table does for the powers.
        let secondsPerDay: UInt32 = 86_400
        let weights = (0...newest / secondsPerDay).map { exp2(-Double($0) / halfLife) }
        var counts = [Double](repeating: 0, count: ratings.itemCount)
        ratings.items.withUnsafeBufferPointer { items in
            ratings.rowTimes.withUnsafeBufferPointer { times in
                for place in items.indices {
                    counts[Int(items[place])] += weights[Int((newest - times[place]) / secondsPerDay)]
                }
            }
        }
        return counts
    }

    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        _ = scores.update(fromContentsOf: self.scores)
        return !order.isEmpty
    }

    /// - Complexity: O((profile + places passed over) log profile).
    package func best(_ count: Int, for profile: Profile, filter: ItemFilter?) -> [TopK.Entry] {
        let eligible = order.lazy.filter { filter?.admits($0) ?? true && profile.code(of: $0) == nil }
        return eligible.prefix(count).map { TopK.Entry(element: $0, score: scores[Int($0)]) }
    }

    package func contributions(to entries: [TopK.Entry], in profile: Profile) -> [ItemContributions?] {
        .whateverTheRatings(entries)
    }
}
