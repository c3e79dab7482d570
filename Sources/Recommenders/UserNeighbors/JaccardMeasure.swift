/// The items that both users rated as a share of those that either did, whatever the ratings (Jaccard 1901).
///
/// Where the profile's items are weighted it is the sum of the smaller weights over the sum of the larger ones (Ruzicka 1958), the other
/// user's items weighing 1 each.
struct JaccardMeasure<Sums: OverlapSums>: SimilarityMeasure {
    private let weights: [Int64]
    private let total: Int64
    private let fullWeight: Int64
    private let ratings: CurrentRatings

    init(_ profile: WeightedProfile, in ratings: CurrentRatings) {
        weights = profile.weights
        total = weights.reduce(0, +)
        fullWeight = profile.fullWeight
        self.ratings = ratings
    }

    var highest: Double { 1 }

    func addend(_ n: Int, code: UInt8) -> Sums { Sums(weights[n]) }

    func similarity(to user: UInt32, _ sums: Sums) -> Double {
        let rated = Int64(ratings.count(ofUser: user))
        return Double(sums.total) / Double(rated * fullWeight + total - sums.total)
    }
}
