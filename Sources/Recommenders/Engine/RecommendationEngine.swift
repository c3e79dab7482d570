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
        if let live {
            let usual = Similarity.allCases.map { UserNeighborParameters.usual(for: $0, timesKnown: timesKnown) }
            library.userNeighbors.prepare(live, for: usual + [library.userNeighborParameters])
        }
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
        try recommend(for: profile, query: query, over: live?.state)
    }

    /// The same for the profile that `user` has at this moment, with the ratings of `updates` laid over it; nil for a guest.
    ///
    /// Profile and neighbours are of one moment, so that nobody who comes to be known in between is a neighbour of their own.
    package func recommend(
        for user: UserID?, overlaidWith updates: LiveProfile, query: RecommendationQuery
    ) throws(CancellationError) -> RecommendationList {
        let state = live?.state
        let profile = state?.profile(of: user, overlaidWith: updates) ?? dataset.profile(of: user, overlaidWith: updates)
        return try recommend(for: profile, query: query, over: state)
    }

    /// - Parameter profile: of `live`'s items or fewer.
    private func recommend(
        for profile: Profile, query: RecommendationQuery, over state: LiveState?
    ) throws(CancellationError) -> RecommendationList {
        try Cancellation.look()
        let userNeighbors = state.map { library.userNeighbors.following($0) } ?? library.userNeighbors
        let algorithm = query.algorithm ?? defaults.algorithm
        let count = (query.count ?? defaults.count).clamped(to: RecommendationQuery.countRange)
        let filter = filter(for: query, without: profile.dismissed, itemCount: state?.itemCount ?? dataset.items.count)
        var list = RecommendationList(algorithm: algorithm, items: [])
        var ranked: [RankedItem] = []
        if let parameters = parameters(for: query) {
            let ranking = try userNeighbors.recommend(
                for: profile, count: count, parameters: parameters, filter: filter, reasons: Self.reasonCount)
            list.similarity = parameters.similarity
            list.neighbours = ranking.neighbours.count
            ranked = ranking.items
        } else if let scorer = scorer(of: algorithm, over: state) {
            ranked = try self.ranked(by: scorer, count, for: profile, filter: filter, over: state)
            // A blend has asked the neighbours anyway; to look for them for the others' sake would cost more than those do.
            if algorithm == .blend { list.neighbours = try match(&ranked, to: profile, query, by: userNeighbors) }
        }
        if ranked.isEmpty, algorithm != .popularity, let popularity = scorer(of: .popularity, over: state) {
            list.fallback = .popularity
            ranked = try self.ranked(by: popularity, count, for: profile, filter: filter, over: state)
        }
        list.items = ranked.map { ranked in
            recommendation(ranked, for: profile) { state?.item($0) ?? dataset.items[$0] }
        }
        return list
    }

    private func scorer(of algorithm: Algorithm, over state: LiveState?) -> (any ItemScorer)? {
        guard let scorer = library.scorer(of: algorithm) else { return nil }
        return state.map { scorer.following($0) } ?? scorer
    }

    /// Algorithms that rank without predicting ratings are helped out by the baseline, so that stars can be shown for every list.
    private func ranked(
        by scorer: any ItemScorer, _ count: Int, for profile: Profile, filter: ItemFilter?, over state: LiveState?
    ) throws(CancellationError) -> [RankedItem] {
        let baseline = state.map { self.baseline.following($0) } ?? self.baseline
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
        _ ranked: inout [RankedItem], to profile: Profile, _ query: RecommendationQuery,
        by userNeighbors: UserNeighborRecommender
    ) throws(CancellationError) -> Int? {
        guard
            let matches = try userNeighbors.matches(
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

    private func filter(for query: RecommendationQuery, without dismissed: [UInt32], itemCount: Int) -> ItemFilter? {
        var filter: ItemFilter?
        if let names = query.genres, !names.isEmpty { filter = genres.filter(anyOf: names, itemCount: itemCount) }
        guard !dismissed.isEmpty else { return filter }
        var rest = filter ?? ItemFilter(itemCount: itemCount, admitsAll: true)
        for item in dismissed { rest.refuse(item) }
        return rest
    }

    private func recommendation(
        _ ranked: RankedItem, for profile: Profile, id: (UInt32) -> ItemID
    ) -> Recommendation {
        // Where there is but one rating to give, nothing is to be predicted.
        let isPredictable = dataset.scale.maximum > dataset.scale.minimum
        return Recommendation(
            item: id(ranked.item), score: ranked.score,
            predictedRating: isPredictable ? ranked.predictedRating : nil,
            matchPercent: ranked.matchPercent,
            because: ranked.because.map { place in
                Because(item: id(profile.items[place]), rating: dataset.scale.value(of: profile.codes[place]))
            })
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
