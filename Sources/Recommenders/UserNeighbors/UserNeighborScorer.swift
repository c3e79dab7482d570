/// User-based collaborative filtering as one of several scorers: what the neighbours' votes come to, whether or not they are ordered by it
/// elsewhere.
package struct UserNeighborScorer: ItemScorer {
    private let recommender: UserNeighborRecommender
    private let parameters: UserNeighborParameters

    package init(_ recommender: UserNeighborRecommender, parameters: UserNeighborParameters) {
        self.recommender = recommender
        self.parameters = parameters
    }

    package var itemCount: Int { recommender.itemCount }

    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        try recommender.score(profile, parameters: parameters, into: scores)
    }

    package func following(_ live: LiveState) -> any ItemScorer {
        UserNeighborScorer(recommender.following(live), parameters: parameters)
    }

    package func contributions(
        to entries: [TopK.Entry], in profile: Profile
    ) throws(CancellationError) -> [ItemContributions?] {
        try recommender.contributions(to: entries, in: profile, parameters: parameters)
    }
}
