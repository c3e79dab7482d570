/// Answers queries over one data set. Pure: the same profile and query give the same list, on any thread.
package struct RecommendationEngine: Sendable {
    /// So many of the profile's ratings explain an item at most.
    private static let reasonCount = 3

    package let library: ModelLibrary
    package let defaults: RecommendationDefaults
    private let baseline: BaselinePredictor
    private let genres: GenreIndex
    private let timesKnown: Bool
    /// What was said since the data set was written; nil where only that is to count.
    package let live: LiveRatings?

    package var dataset: Dataset { library.dataset }

    /// - Complexity: O(ratings + items log items).
    package init(
        _ library: ModelLibrary, live: LiveRatings? = nil, defaults: RecommendationDefaults = RecommendationDefaults()
    ) {
        self.library = library
        self.live = live
        self.defaults = defaults
        self.baseline = BaselinePredictor(ratings: library.dataset.ratings, scale: library.dataset.scale)
        self.genres = GenreIndex(library.dataset.catalogue)
        self.timesKnown = library.dataset.ratings.hasTimes
    }

    /// The same without models.
    package init(
        dataset: Dataset, live: LiveRatings? = nil, defaults: RecommendationDefaults = RecommendationDefaults()
    ) {
        self.init(ModelLibrary(dataset: dataset), live: live, defaults: defaults)
    }

    /// The profile that a list is made for: the user's ratings with those of `updates` laid over them.
    package func profile(of user: UserID?, overlaidWith updates: LiveProfile) -> Profile {
        live?.state.profile(of: user, overlaidWith: updates) ?? dataset.profile(of: user, overlaidWith: updates)
    }

    /// A list for `profile`, without the items that it rated or dismissed, which others move up for. Its `ratingsVersion` is nil.
    ///
    /// An algorithm that has nothing to say, or whose model is not there, is stood in for by popularity, as `fallback` then tells; one that
    /// has little to say is left as it is. What the query leaves open is taken from `defaults`; its numbers are brought into their ranges.
    ///
    /// - Throws: when the task in which it is called is cancelled: soon afterwards, having computed only a part.
    package func recommend(
        for profile: Profile, query: RecommendationQuery
    ) throws(CancellationError) -> RecommendationList {
        try Cancellation.look()
        let algorithm = query.algorithm ?? defaults.algorithm
        let count = (query.count ?? defaults.count).clamped(to: RecommendationQuery.countRange)
        let filter = filter(for: query, without: profile.dismissed)
        var list = RecommendationList(algorithm: algorithm, items: [])
        var ranked: [RankedItem] = []
        if let parameters = parameters(for: query) {
            let ranking = try library.userNeighbors.recommend(
                for: profile, count: count, parameters: parameters, filter: filter, reasons: Self.reasonCount)
            list.similarity = parameters.similarity
            list.neighbours = ranking.neighbours.count
            ranked = ranking.items
        } else if let scorer = library.scorer(of: algorithm) {
            ranked = try self.ranked(by: scorer, count, for: profile, filter: filter)
            // A blend has asked the neighbours anyway; to look for them for the others' sake would cost more than those do.
            if algorithm == .blend { list.neighbours = try match(&ranked, to: profile, query) }
        }
        if ranked.isEmpty, algorithm != .popularity, let popularity = library.scorer(of: .popularity) {
            list.fallback = .popularity
            ranked = try self.ranked(by: popularity, count, for: profile, filter: filter)
        }
        list.items = ranked.map { recommendation($0, for: profile) }
        return list
    }

    /// Algorithms that rank without predicting ratings are helped out by the baseline, so that stars can be shown for every list.
    private func ranked(
        by scorer: any ItemScorer, _ count: Int, for profile: Profile, filter: ItemFilter?
    ) throws(CancellationError) -> [RankedItem] {
        let best = try scorer.best(count, for: profile, filter: filter)
        let because = try scorer.reasons(Self.reasonCount, for: best.map(\.element), in: profile)
        let generosity = baseline.generosity(of: profile)
        return zip(best, because).map { entry, because in
            RankedItem(
                item: entry.element, score: Double(entry.score),
                predictedRating: baseline.rating(of: entry.element, generosity: generosity), because: because)
        }
    }

    /// Says of every item how many of the neighbours rated it whom user-neighbors would ask.
    ///
    /// - Returns: how many neighbours there are; nil when there are none.
    private func match(
        _ ranked: inout [RankedItem], to profile: Profile, _ query: RecommendationQuery
    ) throws(CancellationError) -> Int? {
        guard
            let matches = try library.userNeighbors.matches(
                of: ranked.map(\.item), for: profile, parameters: userNeighborParameters(for: query))
        else { return nil }
        for (place, percent) in matches.percents.enumerated() { ranked[place].matchPercent = percent }
        return matches.neighbours
    }

    private func userNeighborParameters(for query: RecommendationQuery) -> UserNeighborParameters {
        var parameters = library.userNeighborParameters
        if let similarity = query.similarity ?? defaults.similarity, similarity != parameters.similarity {
            parameters = .usual(for: similarity, timesKnown: timesKnown)
        }
        let neighbours = query.neighbours ?? defaults.neighbours ?? parameters.neighbours
        parameters.neighbours = neighbours.clamped(to: RecommendationQuery.neighboursRange)
        return parameters
    }

    /// - Returns: nil for algorithms that do not rank by the neighbours' votes.
    private func parameters(for query: RecommendationQuery) -> UserNeighborParameters? {
        var parameters: UserNeighborParameters
        switch query.algorithm ?? defaults.algorithm {
        case .userNeighbors:
            return userNeighborParameters(for: query)
        case .classic:
            // It is what it is whatever the defaults; only a query may bend it.
            parameters = .classic
            parameters.similarity = query.similarity ?? parameters.similarity
            parameters.neighbours = query.neighbours ?? parameters.neighbours
        default:
            return nil
        }
        parameters.neighbours = parameters.neighbours.clamped(to: RecommendationQuery.neighboursRange)
        return parameters
    }

    private func filter(for query: RecommendationQuery, without dismissed: [UInt32]) -> ItemFilter? {
        var filter: ItemFilter?
        if let names = query.genres, !names.isEmpty { filter = genres.filter(anyOf: names) }
        guard !dismissed.isEmpty else { return filter }
        var rest = filter ?? ItemFilter(itemCount: dataset.items.count, admitsAll: true)
        for item in dismissed { rest.refuse(item) }
        return rest
    }

    private func recommendation(_ ranked: RankedItem, for profile: Profile) -> Recommendation {
        // Where there is but one rating to give, nothing is to be predicted.
        let isPredictable = dataset.scale.maximum > dataset.scale.minimum
        return Recommendation(
            item: dataset.items[ranked.item], score: ranked.score,
            predictedRating: isPredictable ? ranked.predictedRating : nil,
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
