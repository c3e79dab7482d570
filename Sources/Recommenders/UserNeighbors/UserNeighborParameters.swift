/// How a `UserNeighborRecommender` finds neighbours and what it makes of their ratings.
package struct UserNeighborParameters: Hashable, Sendable {
    package var similarity: Similarity
    /// k of the k nearest, at least 1.
    package var neighbours: Int
    /// Users who share fewer items with the profile are no neighbours.
    package var minimumOverlap: Int
    /// Similarities are multiplied by n / (n + `shrinkage`), n being the number of shared items, because those that rest on few
    /// items are high by chance (significance weighting: Herlocker et al. 1999, 2002). 0 leaves them as they are.
    package var shrinkage: Double
    /// Only this many users, those who share most items with the profile, are compared at all; nil for everyone who shares any.
    package var candidates: Int?
    package var order: Order

    /// What decides the place in the list.
    package enum Order: Hashable, Sendable {
        /// How many neighbours rated the item, how near they are and how much they liked it: the sum over them of
        /// similarity^`similarityPower` × rating, the rating being its place on the scale, counted from 1, as a share of all places.
        ///
        /// A mean alone ranks badly, since it puts first what a single neighbour loved.
        case agreement(similarityPower: Int)
        /// The share of the neighbours who rated the item, in whole percent, then the predicted rating. Items whose predicted
        /// rating lies less than `leastShare` of the way from the scale's minimum to its maximum are left out.
        case match(leastShare: Double)
    }

    package init(
        similarity: Similarity, neighbours: Int, minimumOverlap: Int = 1, shrinkage: Double = 0, candidates: Int? = nil,
        order: Order
    ) {
        self.similarity = similarity
        self.neighbours = neighbours
        self.minimumOverlap = minimumOverlap
        self.shrinkage = shrinkage
        self.candidates = candidates
        self.order = order
    }

    /// The `shrinkage` that ranked well, found like `RecommendationDefaults`: correlations of few items need much of it, while the
    /// cosine carries its own, since the shared items are measured against the whole vectors.
    package static func usualShrinkage(for similarity: Similarity) -> Double {
        switch similarity {
        case .pearson: 100
        case .cosine: 0
        case .euclidean: 10
        }
    }

    /// The 50 nearest by Pearson of the 100 users with most items in common; predicted at least 4 stars of 0.5 to 5 (on other scales
    /// the same share of the way); most neighbours first.
    package static let classic = UserNeighborParameters(
        similarity: .pearson, neighbours: 50, candidates: 100, order: .match(leastShare: (4 - 0.5) / (5 - 0.5)))
}
