/// Predicts a rating from how much the item is liked in general and how generous the user is: the mean of all ratings, plus how far the
/// item's ratings are above it, plus how far the user's ratings are above what their items would lead one to expect (Koren, "Factorization
/// meets the neighborhood", 2008, § 2.1).
///
/// Both deviations are drawn towards 0, as if by some ratings that deviate by nothing, because few ratings say little.
package struct BaselinePredictor: Sendable {
    /// So many ratings each deviation is drawn towards 0 by.
    static let itemDamping = 10.0
    static let userDamping = 5.0

    private let scale: RatingScale
    /// Of all ratings' codes; the middle of the scale where there are none.
    private let meanCode: Double
    /// By item, in codes.
    private let deviations: FlatArray<Float>

    /// - Complexity: O(ratings), on all cores.
    package init(ratings: RatingMatrix, scale: RatingScale) {
        self.scale = scale
        let sums = ratings.columnCodeSums
        let middle = (1 + Double(scale.maximumCode)) / 2
        let meanCode = ratings.ratingCount > 0 ? Double(sums.reduce(0, +)) / Double(ratings.ratingCount) : middle
        self.meanCode = meanCode
        deviations = FlatArray(
            sums.indices.map { item in
                let count = Double(ratings.column(item).count)
                return Float((Double(sums[item]) - count * meanCode) / (count + Self.itemDamping))
            })
    }

    /// How far the profile's ratings are above what one would expect of their items, in codes.
    ///
    /// - Complexity: O(profile).
    package func generosity(of profile: Profile) -> Double {
        var sum = 0.0
        for (item, code) in zip(profile.items, profile.codes) {
            sum += Double(code) - meanCode - Double(deviations[Int(item)])
        }
        return sum / (Double(profile.items.count) + Self.userDamping)
    }

    /// On the rating scale, and within it.
    package func rating(of item: UInt32, generosity: Double) -> Double {
        let code = meanCode + Double(deviations[Int(item)]) + generosity
        return min(max(scale.minimum + (code - 1) * scale.step, scale.minimum), scale.maximum)
    }
}
