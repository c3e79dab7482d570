/// The most rated items first, for whoever there is nothing else to go by; of equally often rated ones the higher mean, then
/// the lower index. Items without ratings are not in it.
package struct Popularity: Sendable {
    /// A mean is drawn towards the mean of all ratings as if by this many ratings of that value, because a mean of few ratings
    /// says little.
    package static let damping = 5.0

    /// All items with ratings, best first.
    package let ranking: [RankedItem]

    /// - Complexity: O(ratings + items log items).
    package init(ratings: RatingMatrix, scale: RatingScale) {
        let sums = Array(ratings.columnCodeSums)
        let counts = (0..<ratings.itemCount).map { ratings.column($0).count }
        let meanCode = Double(sums.reduce(0, +)) / Double(max(ratings.ratingCount, 1))
        ranking = (0..<ratings.itemCount)
            .filter { counts[$0] > 0 }
            // Where counts are equal the sums are in the order of the means.
            .sorted { (counts[$0], sums[$0], $1) > (counts[$1], sums[$1], $0) }
            .map { item in
                let code = (Double(sums[item]) + Self.damping * meanCode) / (Double(counts[item]) + Self.damping)
                return RankedItem(
                    item: UInt32(item), score: Double(counts[item]), predictedRating: scale.minimum + (code - 1) * scale.step)
            }
    }

    /// The first `count` items outside the profile that pass `filter`.
    ///
    /// - Complexity: O((profile + places passed over) log profile).
    package func recommend(for profile: Profile, count: Int, filter: ItemFilter? = nil) -> [RankedItem] {
        let eligible = ranking.lazy.filter { filter?.admits($0.item) ?? true && profile.code(of: $0.item) == nil }
        return Array(eligible.prefix(count))
    }
}
