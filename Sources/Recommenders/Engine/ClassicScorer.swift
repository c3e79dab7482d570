/// The classic order as one of several scorers, for evaluation: what it lists has the score that it is listed by, all else has none.
package struct ClassicScorer: ItemScorer {
    private let recommender: UserNeighborRecommender
    private let parameters: UserNeighborParameters

    package init(ratings: RatingMatrix, scale: RatingScale) {
        self.init(UserNeighborRecommender(ratings: ratings, scale: scale))
    }

    /// The same with what was made already.
    init(_ recommender: UserNeighborRecommender, parameters: UserNeighborParameters = .classic) {
        self.recommender = recommender
        self.parameters = parameters
    }

    package var itemCount: Int { recommender.ratings.itemCount }

    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        let list = try recommender.recommend(for: profile, count: itemCount, parameters: parameters, reasons: 0).items
        scores.update(repeating: -.infinity)
        for ranked in list { scores[Int(ranked.item)] = Float(ranked.score) }
        return !list.isEmpty
    }

    package func contributions(
        to entries: [TopK.Entry], in profile: Profile
    ) throws(CancellationError) -> [ItemContributions?] {
        try recommender.contributions(to: entries, in: profile, parameters: parameters)
    }
}
