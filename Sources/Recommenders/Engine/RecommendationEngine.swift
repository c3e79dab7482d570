/// Answers queries over one data set. Pure: the same profile and query give the same list, on any thread.
package struct RecommendationEngine: Sendable {
    /// So many of the profile's ratings explain an item at most.
    static let reasonCount = 3

    package let library: ModelLibrary
    package let defaults: RecommendationDefaults
    let baseline: BaselinePredictor
    let selection: ItemSelection
    let taste: GenreTaste
    private let timesKnown: Bool
    /// What was said since the data set was written; nil where only that is to count.
    package let live: LiveRatings?
    /// How far that is to count; nil for all of it.
    private var moment: LiveState?

    package var dataset: Dataset { library.dataset }

    /// - Complexity: O(ratings + items log items).
    package init(
        _ library: ModelLibrary, live: LiveRatings? = nil, defaults: RecommendationDefaults = RecommendationDefaults()
    ) {
        self.library = library
        self.live = live
        self.defaults = defaults
        self.baseline = BaselinePredictor(ratings: library.dataset.ratings, scale: library.dataset.scale)
        self.selection = ItemSelection(library.dataset)
        self.taste = GenreTaste(library.dataset)
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

    /// What a profile and the list for it are made by, so that neither sees more than the other: nobody who comes to be known in between is
    /// a neighbour of their own. Keep it for as long as one answer takes.
    package var atThisMoment: RecommendationEngine {
        var engine = self
        engine.moment = state
        return engine
    }

    private var state: LiveState? { moment ?? live?.state }

    /// Has trained models follow what was said since, as far as they can without being trained anew. Takes a while and a core.
    ///
    /// - Parameter isStopped: asked now and then, on any thread.
    /// - Returns: whether anything was to be done, and was.
    package func refreshModels(isStopped: @Sendable () -> Bool = { false }) -> Bool {
        live.map { library.refresh(by: $0.state, isStopped: isStopped) } ?? false
    }

    /// The profile that a list is made for: the user's ratings with those of `updates` laid over them; of a guest, who is nil, only those.
    package func profile(of user: UserID?, overlaidWith updates: LiveProfile) -> Profile {
        state?.profile(of: user, overlaidWith: updates) ?? dataset.profile(of: user, overlaidWith: updates)
    }

    /// - Returns: nil for items that are neither in the data set nor rated since.
    package func index(of item: ItemID) -> UInt32? { state.map { $0.index(of: item) } ?? dataset.items.index(of: item) }

    /// A list for `profile`, without the items that it rated or dismissed, which others move up for. Its `ratingsVersion` is nil.
    ///
    /// An algorithm that has nothing to say, or whose model is not there, is stood in for by popularity, as `fallback` then tells; where it has
    /// too little to say, popularity fills the rest, as those items' `placement` tells. What the query leaves open is taken from `defaults`;
    /// its numbers are brought into their ranges.
    ///
    /// - Throws: when the task in which it is called is cancelled: soon afterwards, having computed only a part.
    package func recommend(
        for profile: Profile, query: RecommendationQuery
    ) throws(CancellationError) -> RecommendationList {
        try Cancellation.look()
        let view = view
        let algorithm = query.algorithm ?? defaults.algorithm
        let filter = selection.filter(for: query, without: profile.dismissed, in: view)
        let plan = plan(for: query, [profile], in: view)
        var list = RecommendationList(algorithm: algorithm, items: [])
        var draft = ListDraft(plan, popularity: view.scorer(of: .popularity), for: profile, filter, selection.genres)
        if let parameters = parameters(for: query) {
            let ranking = try view.userNeighbors.recommend(
                for: profile, count: plan.candidateCount(of: view.itemCount), parameters: parameters,
                filter: draft.filter, reasons: Self.reasonCount, pick: { best throws(CancellationError) in try draft.pick(best) })
            list.similarity = parameters.similarity
            list.neighbours = ranking.neighbours.count
            draft.items = ranking.items
        } else if let scorer = view.scorer(of: algorithm) {
            try rank(&draft, by: scorer, for: profile, in: view)
            // A blend has asked the neighbours anyway; to look for them for the others' sake would cost more than those do.
            if algorithm == .blend { list.neighbours = try match(&draft.items, to: profile, query, in: view) }
        }
        if draft.items.isEmpty, algorithm != .popularity, let popularity = view.scorer(of: .popularity) {
            list.fallback = .popularity
            draft.isFallback = true
            try rank(&draft, by: popularity, for: profile, in: view)
        }
        list.items = recommendations(draft, for: profile, in: view)
        list.rows = draft.choices.rows ?? query.rows.map { _ in [] }
        return list
    }

    /// One for each call, so that no part of an answer sees more than another.
    var view: EngineView { EngineView(library, baseline, live: state) }

    func rank(
        _ draft: inout ListDraft, by scorer: any ItemScorer, for profile: Profile, in view: EngineView
    ) throws(CancellationError) {
        let count = draft.plan.candidateCount(of: view.itemCount)
        var reasons = StrongestReasons(Self.reasonCount, in: profile)
        let explained = try scorer.explained(count, for: profile, filter: draft.filter) { best throws(CancellationError) in
            try draft.pick(best)
        }
        draft.items = explained.map { RankedItem($0.entry, $0.contributions, &reasons) }
    }

    /// What `query` makes of the ranking for `profiles`.
    func plan(for query: RecommendationQuery, _ profiles: [Profile], in view: EngineView) -> any ListPlan {
        var shaping = ListShaping(similarity: library.itemSimilarity)
        shaping.boosts = selection.boosts(of: query, in: view)
        shaping.diversity = (query.diversity ?? defaults.diversity).clamped(to: RecommendationQuery.diversityRange)
        shaping.exploration = query.exploration
        if let rows = query.rows {
            return RowsPlan(rows, taste: taste.genres(by: profiles), shaping: shaping, index: selection.genres)
        }
        return SingleListPlan(
            count: (query.count ?? defaults.count).clamped(to: RecommendationQuery.countRange),
            pins: selection.pins(of: query, for: profiles, in: view), shaping: shaping)
    }

    /// Says of every item how many of the neighbours rated it whom user-neighbors would ask.
    ///
    /// - Returns: how many neighbours there are; nil when there are none.
    private func match(
        _ ranked: inout [RankedItem], to profile: Profile, _ query: RecommendationQuery, in view: EngineView
    ) throws(CancellationError) -> Int? {
        guard
            let matches = try view.userNeighbors.matches(
                of: ranked.map(\.item), for: profile, parameters: userNeighborParameters(for: query))
        else { return nil }
        for (place, percent) in matches.percents.enumerated() { ranked[place].matchPercent = percent }
        return matches.neighbours
    }

    func userNeighborParameters(for query: RecommendationQuery) -> UserNeighborParameters {
        var parameters = library.userNeighborParameters
        if let similarity = query.similarity ?? defaults.similarity, similarity != parameters.similarity {
            parameters = .usual(for: similarity, timesKnown: timesKnown)
        }
        let neighbours = query.neighbours ?? defaults.neighbours ?? parameters.neighbours
        parameters.neighbours = neighbours.clamped(to: RecommendationQuery.neighboursRange)
        return parameters
    }

    /// - Returns: nil for algorithms that do not rank by the neighbours' votes.
    func parameters(for query: RecommendationQuery) -> UserNeighborParameters? {
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
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
