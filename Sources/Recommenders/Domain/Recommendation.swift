/// One place of a list.
package struct Recommendation: Hashable, Sendable, Codable {
    package var item: ItemID
    /// What the algorithm says of it, with its boosts; comparable within one list only, and there only among items that are in their places
    /// for the same reason. The list is ordered by it unless the query asks for diversity.
    package var score: Double
    /// On the rating scale; nil when no neighbour's rating says.
    package var predictedRating: Double?
    /// The share of the neighbours who rated it, 0 to 100; nil where none were asked.
    package var matchPercent: Double?
    /// The user's own ratings that pulled it in, strongest first.
    package var because: [Because]
    /// What else the score is made of; nil where it is not known, as in lists from before it was.
    package var parts: ScoreParts?
    /// Why it has its place.
    package var placement = Placement.ranked

    package init(
        item: ItemID, score: Double, predictedRating: Double? = nil, matchPercent: Double? = nil, because: [Because] = [],
        parts: ScoreParts? = nil, placement: Placement = .ranked
    ) {
        self.item = item
        self.score = score
        self.predictedRating = predictedRating
        self.matchPercent = matchPercent
        self.because = because
        self.parts = parts
        self.placement = placement
    }

    package enum Placement: String, Hashable, Sendable, Codable, CaseIterable {
        /// It is the algorithm's choice.
        case ranked
        /// The query pinned it; its score is 0 where the algorithm has nothing to say of it.
        case pinned
        /// It was drawn from further down.
        case explored
        /// The algorithm had too little to list, so that popularity filled the rest; the score is that of popularity.
        case filled
    }
}

/// A rating of the user's own that explains a recommendation.
package struct Because: Hashable, Sendable, Codable {
    package var item: ItemID
    package var rating: Double
    /// How much of the recommendation's score comes of it, above 0; nil where it is not known.
    package var contribution: Double?

    package init(item: ItemID, rating: Double, contribution: Double? = nil) {
        self.item = item
        self.rating = rating
        self.contribution = contribution
    }
}
