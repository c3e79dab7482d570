/// Answers queries over one data set. Pure: the same profile and query give the same list, on any thread.
package struct RecommendationEngine: Sendable {
    package let dataset: Dataset
    package let defaults: RecommendationDefaults
    private let userNeighbors: UserNeighborRecommender
    private let popularity: Popularity
    private let genres: GenreIndex
    private let timesKnown: Bool

    /// - Complexity: O(ratings + items log items).
    package init(dataset: Dataset, defaults: RecommendationDefaults = RecommendationDefaults()) {
        self.dataset = dataset
        self.defaults = defaults
        self.userNeighbors = UserNeighborRecommender(ratings: dataset.ratings, scale: dataset.scale)
        self.popularity = Popularity(ratings: dataset.ratings, scale: dataset.scale)
        self.genres = GenreIndex(dataset.catalogue)
        self.timesKnown = dataset.ratings.timesKnown
    }

    /// A list for `profile`, without the items in it. Its `ratingsVersion` is nil.
    ///
    /// An algorithm that has nothing to say is stood in for by popularity, as `fallback` then tells; one that has little to say is left as it is.
    /// What the query leaves open is taken from `defaults`; its numbers are brought into their ranges.
    package func recommend(for profile: Profile, query: RecommendationQuery) -> RecommendationList {
        let algorithm = query.algorithm ?? defaults.algorithm
        let count = (query.count ?? defaults.count).clamped(to: RecommendationQuery.countRange)
        let filter = filter(for: query)
        var list = RecommendationList(algorithm: algorithm, items: [])
        var ranked: [RankedItem] = []
        if let parameters = parameters(for: query) {
            let ranking = userNeighbors.recommend(for: profile, count: count, parameters: parameters, filter: filter)
            list.similarity = parameters.similarity
            list.neighbours = ranking.neighbours.count
            ranked = ranking.items
            if ranked.isEmpty { list.fallback = .popularity }
        }
        if ranked.isEmpty { ranked = popularity.recommend(for: profile, count: count, filter: filter) }
        list.items = ranked.map { recommendation($0, for: profile) }
        return list
    }

    /// The order of `recommend`'s list without what is there to be read: for evaluation, which asks for many and needs no reasons.
    ///
    /// - Parameter count: any number of items; not brought into `RecommendationQuery.countRange`.
    /// - Returns: empty where `recommend` would fall back.
    package func rankedItems(for profile: Profile, query: RecommendationQuery, count: Int) -> [RankedItem] {
        let filter = filter(for: query)
        guard let parameters = parameters(for: query) else {
            return popularity.recommend(for: profile, count: count, filter: filter)
        }
        return userNeighbors.recommend(for: profile, count: count, parameters: parameters, filter: filter, reasons: 0).items
    }

    /// - Returns: nil for algorithms without neighbours.
    private func parameters(for query: RecommendationQuery) -> UserNeighborParameters? {
        var parameters: UserNeighborParameters
        switch query.algorithm ?? defaults.algorithm {
        case .userNeighbors:
            let similarity = query.similarity ?? defaults.similarity
            parameters = defaults.userNeighbors ?? .usual(for: similarity, timesKnown: timesKnown)
            parameters.similarity = similarity
            parameters.neighbours = query.neighbours ?? defaults.neighbours
        case .classic:
            // It is what it is whatever the defaults; only a query may bend it.
            parameters = .classic
            parameters.similarity = query.similarity ?? parameters.similarity
            parameters.neighbours = query.neighbours ?? parameters.neighbours
        case .popularity:
            return nil
        }
        parameters.neighbours = parameters.neighbours.clamped(to: RecommendationQuery.neighboursRange)
        return parameters
    }

    private func filter(for query: RecommendationQuery) -> ItemFilter? {
        guard let names = query.genres, !names.isEmpty else { return nil }
        return genres.filter(anyOf: names)
    }

    private func recommendation(_ ranked: RankedItem, for profile: Profile) -> Recommendation {
        Recommendation(
            item: dataset.items[ranked.item], score: ranked.score, predictedRating: ranked.predictedRating,
            matchPercent: ranked.matchPercent,
            because: ranked.because.map { place in
                Because(item: dataset.items[profile.items[place]], rating: dataset.scale.value(of: profile.codes[place]))
            })
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
