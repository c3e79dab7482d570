extension RecommendationEngine {
    /// One list for several users, without what any of them rated or dismissed: by their standardised scores, as the query aggregates them,
    /// or on average.
    ///
    /// For members of whom the algorithm knows nothing popularity speaks; where it knows of nobody, popularity stands in as in a list for
    /// one. The query's rules are the same. No ratings explain it: whose score is what, its parts tell.
    ///
    /// - Precondition: at least one profile.
    /// - Throws: as `recommend(for:query:)`.
    package func recommend(
        forGroup profiles: [Profile], query: RecommendationQuery
    ) throws(CancellationError) -> RecommendationList {
        try Cancellation.look()
        let view = view
        let algorithm = query.algorithm ?? defaults.algorithm
        let common = Profile(of: profiles)
        let filter = selection.filter(for: query, without: common.dismissed, in: view)
        let plan = plan(for: query, profiles, in: view)
        var list = RecommendationList(algorithm: algorithm, items: [])
        var draft = ListDraft(plan, popularity: view.scorer(of: .popularity), for: common, filter, selection.genres)
        var opinions: GroupOpinions?
        if let scorer = groupScorer(of: algorithm, query, in: view) {
            let count = plan.candidateCount(of: view.itemCount)
            opinions = try GroupOpinions(
                of: profiles, common, by: scorer, popularity: view.scorer(of: .popularity), query.aggregation ?? .average)
            let best = opinions?.best(count, filter: filter) ?? []
            draft.items = try draft.pick(best).map { RankedItem(item: $0.element, score: Double($0.score)) }
            list.similarity = parameters(for: query)?.similarity
        }
        if draft.items.isEmpty, let popularity = view.scorer(of: .popularity) {
            list.fallback = algorithm == .popularity ? nil : .popularity
            draft.isFallback = true
            opinions = nil
            try rank(&draft, by: popularity, for: common, in: view)
        }
        list.items = recommendations(draft, for: common, in: view)
        if let opinions {
            for (place, choice) in draft.choices.places.enumerated() where choice.score > -.infinity {
                list.items[place].parts?.members = opinions.ofMembers(on: choice.item)
            }
        }
        list.rows = draft.choices.rows ?? query.rows.map { _ in [] }
        return list
    }

    private func groupScorer(of algorithm: Algorithm, _ query: RecommendationQuery, in view: EngineView) -> (any ItemScorer)? {
        guard let parameters = parameters(for: query) else { return view.scorer(of: algorithm) }
        return algorithm == .classic
            ? ClassicScorer(view.userNeighbors, parameters: parameters)
            : UserNeighborScorer(view.userNeighbors, parameters: parameters)
    }
}

extension Profile {
    /// What any of them rated, of several ratings the first's, and dismissed; the matrix has no row of it.
    init(of profiles: [Profile]) {
        var ratings: [UInt32: (code: UInt8, time: UInt32)] = [:]
        for profile in profiles {
            for (place, item) in profile.items.enumerated() where ratings[item] == nil {
                ratings[item] = (profile.codes[place], profile.times[place])
            }
        }
        let items = ratings.keys.sorted()
        self.init(
            items: items, codes: items.map { ratings[$0]?.code ?? 1 }, times: items.map { ratings[$0]?.time ?? 0 },
            dismissed: profiles.flatMap(\.dismissed))
    }
}
