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
    private var meanCode: Double
    /// By item, in codes.
    private let deviations: FlatArray<Float>
    private let ratings: RatingMatrix
    /// By item, of the ratings' codes.
    private let sums: FlatArray<Int>
    private let codeSum: Int
    private var live: LiveState?

    /// - Complexity: O(ratings), on all cores.
    package init(ratings: RatingMatrix, scale: RatingScale) {
        self.scale = scale
        self.ratings = ratings
        let sums = ratings.columnCodeSums
        codeSum = sums.reduce(0, +)
        let meanCode = Self.mean(of: codeSum, ratings.ratingCount, on: scale)
        self.sums = sums
        self.meanCode = meanCode
        deviations = FlatArray(
            sums.indices.map { Self.deviation(sum: sums[$0], count: ratings.column($0).count, from: meanCode) })
    }

    private static func mean(of sum: Int, _ count: Int, on scale: RatingScale) -> Double {
        count > 0 ? Double(sum) / Double(count) : (1 + Double(scale.maximumCode)) / 2
    }

    private static func deviation(sum: Int, count: Int, from mean: Double) -> Float {
        let count = Double(count)
        return Float((Double(sum) - count * mean) / (count + itemDamping))
    }

    /// The same with what was said since laid over its ratings.
    func following(_ live: LiveState) -> BaselinePredictor {
        var predictor = self
        predictor.live = live
        predictor.meanCode = Self.mean(
            of: codeSum + live.tables.codeSum, ratings.ratingCount + live.tables.ratingCount, on: scale)
        return predictor
    }

    private func deviation(of item: UInt32) -> Float {
        guard let live else { return deviations[Int(item)] }
        let sum = (item < sums.count ? sums[Int(item)] : 0) + Int(live.tables.items[Int(item)]?.codeSum ?? 0)
        return Self.deviation(sum: sum, count: live.ratingCount(ofItem: item), from: meanCode)
    }

    /// How far the profile's ratings are above what one would expect of their items, in codes.
    ///
    /// - Complexity: O(profile).
    package func generosity(of profile: Profile) -> Double {
        var sum = 0.0
        for (item, code) in zip(profile.items, profile.codes) {
            sum += Double(code) - meanCode - Double(deviation(of: item))
        }
        return sum / (Double(profile.items.count) + Self.userDamping)
    }

    /// On the rating scale, and within it.
    package func rating(of item: UInt32, generosity: Double) -> Double {
        let code = meanCode + Double(deviation(of: item)) + generosity
        return min(max(scale.minimum + (code - 1) * scale.step, scale.minimum), scale.maximum)
    }
}
