/// A computed list, best first, in the form in which it is kept: item ids only, since titles and genres are the catalogue's.
package struct RecommendationList: Hashable, Sendable, Codable {
    /// The algorithm that made it.
    package var algorithm: Algorithm
    package var similarity: Similarity?
    /// What stood in because the algorithm had nothing to go by (a profile without neighbours, say).
    package var fallback: Algorithm?
    /// How many neighbours were asked; nil for algorithms without.
    package var neighbours: Int?
    /// The newest live rating that it saw; nil when there was none.
    package var ratingsVersion: RatingVersion?
    package var items: [Recommendation]

    package init(
        algorithm: Algorithm, similarity: Similarity? = nil, fallback: Algorithm? = nil, neighbours: Int? = nil,
        ratingsVersion: RatingVersion? = nil, items: [Recommendation]
    ) {
        self.algorithm = algorithm
        self.similarity = similarity
        self.fallback = fallback
        self.neighbours = neighbours
        self.ratingsVersion = ratingsVersion
        self.items = items
    }
}

/// One place of a list.
package struct Recommendation: Hashable, Sendable, Codable {
    package var item: ItemID
    /// What the list is ordered by; comparable within one list only.
    package var score: Double
    /// On the rating scale; nil when no neighbour's rating says.
    package var predictedRating: Double?
    /// The share of the neighbours who rated it, 0 to 100; nil where none were asked.
    package var matchPercent: Double?
    /// The user's own ratings that pulled it in, strongest first.
    package var because: [Because]

    package init(
        item: ItemID, score: Double, predictedRating: Double? = nil, matchPercent: Double? = nil, because: [Because] = []
    ) {
        self.item = item
        self.score = score
        self.predictedRating = predictedRating
        self.matchPercent = matchPercent
        self.because = because
    }
}

/// A rating of the user's own that explains a recommendation.
package struct Because: Hashable, Sendable, Codable {
    package var item: ItemID
    package var rating: Double

    package init(item: ItemID, rating: Double) {
        self.item = item
        self.rating = rating
    }
}
