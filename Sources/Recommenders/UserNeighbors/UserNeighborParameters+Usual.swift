extension UserNeighborParameters {
    /// What ranked well, found like `RecommendationDefaults`.
    ///
    /// Where times are known the latest ratings say most by far, and so does what others rated right after the same items.
    package static func usual(for similarity: Similarity, timesKnown: Bool) -> UserNeighborParameters {
        var parameters = UserNeighborParameters(
            similarity: similarity, neighbours: 50, shrinkage: usualShrinkage(for: similarity),
            order: .agreement(similarityPower: 3), popularityExponent: 0.2)
        guard timesKnown else { return parameters }
        parameters.latest = 32
        parameters.recency = Recency(halfLife: 1)
        parameters.lengthExponent = 0.5
        parameters.order = .agreement(similarityPower: 1)
        parameters.succession = Succession(range: 10, boost: 25)
        return parameters
    }

    /// Correlations of few items need much of it, while the cosine and Jaccard's index carry their own, since the shared items are
    /// measured against all items.
    package static func usualShrinkage(for similarity: Similarity) -> Double {
        switch similarity {
        case .pearson: 100
        case .cosine, .jaccard: 0
        case .euclidean: 10
        }
    }

    /// The 50 nearest by Pearson of the 100 users with most items in common; predicted at least 4 stars of 0.5 to 5 (on other scales
    /// the same share of the way); most neighbours first.
    package static let classic = UserNeighborParameters(
        similarity: .pearson, neighbours: 50, candidates: 100, order: .match(leastShare: (4 - 0.5) / (5 - 0.5)))
}
