/// Finds the catalogue's items by what a query says of them.
struct ItemSelection: Sendable {
    private let catalogue: Catalogue
    let genres: GenreIndex

    /// - Complexity: O(genres of all items).
    init(_ dataset: Dataset) {
        catalogue = dataset.catalogue
        genres = GenreIndex(dataset.catalogue)
    }

    /// Which items `query` and the profiles leave; nil for all.
    ///
    /// - Complexity: O(items) for each rule.
    func filter(
        for query: RecommendationQuery, without dismissed: some Collection<UInt32>, in view: EngineView
    ) -> ItemFilter? {
        var filter: ItemFilter?
        func narrow(to admitted: some Sequence<UInt32>) {
            var narrowed = ItemFilter(itemCount: view.itemCount)
            for item in admitted where filter?.admits(item) ?? true { narrowed.admit(item) }
            filter = narrowed
        }
        func refuse(_ refused: some Collection<UInt32>) {
            guard !refused.isEmpty else { return }
            var rest = filter ?? ItemFilter(itemCount: view.itemCount, admitsAll: true)
            for item in refused { rest.refuse(item) }
            filter = rest
        }
        if let names = query.genres, !names.isEmpty { filter = genres.filter(anyOf: names) }
        if let years = query.years, !years.isUnbounded { narrow(to: items(of: years)) }
        for (name, values) in query.attributes where !values.isEmpty { narrow(to: items(with: name, anyOf: values)) }
        if let allowed = query.items, !allowed.isEmpty { narrow(to: allowed.compactMap { view.index(of: $0) }) }
        for genre in query.excludedGenres { refuse(genres.items(of: genre)) }
        refuse(excluded(by: query, in: view))
        refuse(dismissed)
        return filter
    }

    /// The excluded items that there are.
    func excluded(by query: RecommendationQuery, in view: EngineView) -> [UInt32] {
        query.excludedItems.compactMap { view.index(of: $0) }
    }

    /// Pinned items that there are and that none of the profiles rated or dismissed, with their ranks from 1.
    func pins(
        of query: RecommendationQuery, for profiles: [Profile], in view: EngineView
    ) -> [(item: UInt32, rank: Int)] {
        guard !query.pinned.isEmpty else { return [] }
        let refused = Set(profiles.flatMap(\.dismissed) + excluded(by: query, in: view))
        return query.pinned.compactMap { pin in
            guard let item = view.index(of: pin.item), !refused.contains(item),
                !profiles.contains(where: { $0.code(of: item) != nil })
            else { return nil }
            return (item, pin.rank)
        }
    }

    /// By item, the sum of the strengths of the boosts that name it; nil when there are none.
    func boosts(of query: RecommendationQuery, in view: EngineView) -> [Double]? {
        guard !query.boosts.isEmpty else { return nil }
        var strengths = [Double](repeating: 0, count: view.itemCount)
        for boost in query.boosts {
            let strength = boost.strength.clamped(to: Boost.strengthRange)
            for item in Set(targets(of: boost, in: view)) { strengths[Int(item)] += strength }
        }
        return strengths
    }

    private func targets(of boost: Boost, in view: EngineView) -> [UInt32] {
        switch boost.target {
        case .genre(let name): genres.items(of: name)
        case .item(let id): view.index(of: id).map { [$0] } ?? []
        case .attribute(let name, let value): items(with: name, anyOf: [value])
        }
    }

    private func items(of years: YearRange) -> [UInt32] {
        catalogue.years.indices.filter { catalogue.years[$0] != .min && years.contains(Int(catalogue.years[$0])) }
            .map { UInt32($0) }
    }

    /// Those that have one of the attribute's values; see `Catalogue.values`.
    private func items(with attribute: String, anyOf values: [String]) -> [UInt32] {
        switch attribute {
        case ItemAttributes.genre: return values.flatMap { genres.items(of: $0) }
        case ItemAttributes.year:
            let years = Set(values.compactMap { Int32($0) })
            return catalogue.years.indices.filter { catalogue.years[$0] != .min && years.contains(catalogue.years[$0]) }
                .map { UInt32($0) }
        default:
            guard catalogue.linkNames.contains(attribute) else { return [] }
            let wanted = Set(values)
            return catalogue.entries.indices.filter { item in
                catalogue.values(of: attribute, item: item).contains { wanted.contains($0) }
            }.map { UInt32($0) }
        }
    }
}
