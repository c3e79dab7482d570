/// The classic order as one of several scorers, for evaluation: what it lists has the score that it is listed by, all else has none.
package struct ClassicScorer: ItemScorer {
    private let recommender: UserNeighborRecommender

    package init(ratings: RatingMatrix, scale: RatingScale) {
        recommender = UserNeighborRecommender(ratings: ratings, scale: scale)
    }

    package var itemCount: Int { recommender.ratings.itemCount }

    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        let list = try recommender.recommend(for: profile, count: itemCount, parameters: .classic, reasons: 0).items
        scores.update(repeating: -.infinity)
        for ranked in list { scores[Int(ranked.item)] = Float(ranked.score) }
        return !list.isEmpty
    }
}
