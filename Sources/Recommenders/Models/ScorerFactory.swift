/// Makes of a model, and of the ratings where the algorithm works on those, what scores items.
package struct ScorerFactory {
    package let ratings: RatingMatrix
    package let scale: RatingScale
    let userNeighbors: UserNeighborRecommender

    package init(ratings: RatingMatrix, scale: RatingScale) {
        self.ratings = ratings
        self.scale = scale
        userNeighbors = UserNeighborRecommender(ratings: ratings, scale: scale)
    }

    /// - Returns: nil for a blend, which is made of others' scorers, and where the content is not one of the algorithm.
    package func scorer(of model: TrainedModel) -> (any ItemScorer)? {
        switch (model.parameters, model.content) {
        case (.userNeighbors(let parameters), _):
            UserNeighborScorer(userNeighbors, parameters: parameters)
        case (.popularity(let parameters), _):
            Popularity(ratings: ratings, scale: scale, parameters: parameters)
        case (.trending(let parameters), _):
            // Without times nothing is newer than anything else.
            ratings.hasTimes ? Trending(ratings: ratings, parameters: parameters) : nil
        case (.itemNeighbors(let parameters), .itemWeights(let weights)):
            ItemWeightsRecommender(weights: weights, scale: scale, recency: parameters.recency)
        case (.ease(let parameters), .itemWeights(let weights)):
            ItemWeightsRecommender(weights: weights, scale: scale, recency: parameters.recency, opinion: parameters.opinion)
        case (.graphFilter(let parameters), .itemWeights(let weights)):
            ItemWeightsRecommender(weights: weights, scale: scale, recency: parameters.recency, opinion: parameters.opinion)
        case (.implicitALS(let parameters), .itemFactors(let factors)):
            ImplicitALSRecommender(factors: factors, parameters: parameters, scale: scale)
                .followingRatings(since: ratings)
        default: nil
        }
    }

    /// - Returns: nil when one of the parts is missing.
    package func blend(_ parameters: BlendParameters, of scorers: [Algorithm: any ItemScorer]) -> (any ItemScorer)? {
        var parts: [(any ItemScorer, Float)] = []
        for part in parameters.parts {
            guard let scorer = scorers[part.algorithm] else { return nil }
            parts.append((scorer, part.weight))
        }
        return parts.isEmpty ? nil : BlendRecommender(parts: parts)
    }
}
