@testable import Recommenders

/// A random data set with everything that rules go by, and an engine with a model of every algorithm.
struct ListSample {
    static let itemCount = 90
    static let algorithms = Algorithm.allCases

    let engine: RecommendationEngine
    let profiles: [Profile]
    /// By the items' numbers.
    let similarities: PoolSimilarities

    /// Item n is called "in". Some items have no year, no genre, or no ratings.
    init(seed: UInt64) throws {
        let base = UserNeighborSample("", seed: seed, users: 50, items: Self.itemCount, density: 0.2, scale: .halfStars)
            .timed(span: 200_000_000)
        var random = SeededGenerator(seed)
        let unrated = Set((0..<5).map { _ in UInt32.random(in: 0..<UInt32(Self.itemCount), using: &random) })
        // High enough for `classic`, which wants 4 stars.
        let users = base.users.map { $0.filter { !unrated.contains($0.key) }.mapValues { min($0 + 5, 10) } }
        let sample = UserNeighborSample("", scale: .halfStars, itemCount: Self.itemCount, users: users, times: base.times)
        let entries = (0..<Self.itemCount).map { item in
            CatalogueEntry(
                title: "Item \(item)", year: item % 13 == 0 ? nil : Int.random(in: 1990...2009, using: &random),
                genres: ["a", "b", "c", "d", "e"].filter { _ in Int.random(in: 0..<3, using: &random) == 0 },
                links: item % 2 == 0 ? ["shelf": "\(item % 6)"] : [:])
        }
        let dataset = try Dataset(
            name: "sample", scale: .halfStars, users: Vocabulary(users.indices.map { try UserID("u\($0)") }),
            items: Vocabulary((0..<Self.itemCount).map { try ItemID("i\($0)") }), ratings: sample.matrix,
            catalogue: Catalogue(itemKind: "item", entries: entries))
        let weights = { (algorithm: Algorithm, random: inout SeededGenerator) in
            TrainedModel(
                parameters: ModelParameters(defaultsOf: algorithm, for: dataset.ratings)!,
                content: .itemWeights(Self.weights(&random, isPositive: algorithm == .itemNeighbors)), itemsFingerprint: 0)
        }
        let factors = FactorSample(seed: seed, items: Self.itemCount, dimensions: 8, unrated: unrated)
        let blend = BlendParameters(weights: [.ease: 0.4, .implicitALS: 0.3, .userNeighbors: 0.2, .popularity: 0.1])
        let models = [
            weights(.ease, &random), weights(.graphFilter, &random), weights(.itemNeighbors, &random),
            TrainedModel(
                parameters: .implicitALS(factors.recommender(opinion: Opinion(lowest: -0.5)).parameters),
                content: .itemFactors(factors.factors), itemsFingerprint: 0),
            TrainedModel(parameters: .blend(blend), content: .parametersOnly, itemsFingerprint: 0),
        ]
        let alike = seed % 2 == 0 ? nil : Self.weights(&random, isPositive: true)
        engine = RecommendationEngine(ModelLibrary(dataset: dataset, models: models, similarItems: alike))
        similarities = engine.library.itemSimilarity.within(Array(0..<UInt32(Self.itemCount)))
        profiles =
            [0, 3, 7].map { dataset.profile(of: dataset.users[$0], overlaidWith: LiveProfile()) } + [
                Profile(items: [2, 30, 31], codes: [10, 2, 7], times: [5, 6, 7], dismissed: [4, 40]), Profile([:]),
            ]
    }

    /// Every item says something of some others.
    private static func weights(_ random: inout SeededGenerator, isPositive: Bool) -> ItemWeights {
        var starts = [0]
        var items: [UInt32] = []
        var weights: [Float] = []
        for source in 0..<UInt32(itemCount) {
            for target in (0..<UInt32(itemCount)).filter({ $0 != source }).shuffled(using: &random).prefix(25) {
                items.append(target)
                weights.append(Float.random(in: isPositive ? 0.01...1 : -0.4...1, using: &random))
            }
            starts.append(items.count)
        }
        return ItemWeights(
            starts: FlatArray(starts), items: FlatArray(items), weights: FlatArray(weights),
            covered: FlatArray([UInt8](repeating: 1, count: itemCount)))
    }

    func entry(_ item: UInt32) -> CatalogueEntry { engine.dataset.catalogue.entries[Int(item)] }

    func number(_ item: ItemID) -> UInt32 { UInt32(item.rawValue.dropFirst())! }

    func id(_ item: UInt32) -> ItemID { ItemID(checked: "i\(item)") }

    func list(
        _ profile: Profile, _ algorithm: Algorithm, _ change: (inout RecommendationQuery) -> Void = { _ in }
    ) throws -> RecommendationList {
        var query = RecommendationQuery(count: 100, algorithm: algorithm)
        change(&query)
        return try engine.recommend(for: profile, query: query)
    }

    /// Some of everything that a list can be asked for, but for exploration, rows and groups.
    func randomQuery(_ algorithm: Algorithm, _ random: inout SeededGenerator) -> RecommendationQuery {
        func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
        func item() -> ItemID { id(UInt32.random(in: 0..<UInt32(Self.itemCount), using: &random)) }
        func genre() -> String { ["a", "b", "c", "d", "e", "no such"].randomElement(using: &random)! }
        var query = RecommendationQuery(count: Int.random(in: 1...30, using: &random), algorithm: algorithm)
        if chance(0.3) { query.genres = [genre(), genre(), genre()] }
        if chance(0.3) { query.excludedGenres = [genre()] }
        if chance(0.3) {
            query.years = YearRange(
                from: chance(0.5) ? 1995 : nil, through: chance(0.5) ? Int.random(in: 1996...2008, using: &random) : nil)
        }
        if chance(0.2) { query.attributes["shelf"] = ["0", "4"] }
        if chance(0.2) { query.attributes["year"] = (1990..<2005).map { "\($0)" } }
        if chance(0.2) { query.items = (0..<60).map { _ in item() } }
        if chance(0.3) { query.excludedItems = (0..<8).map { _ in item() } + [ItemID(checked: "unknown")] }
        if chance(0.4) {
            query.boosts = [
                Boost(.genre(genre()), strength: Double.random(in: -3...3, using: &random)), Boost(.item(item()), strength: 5),
                Boost(.attribute(name: "year", value: "1999"), strength: -2),
                Boost(.attribute(name: "shelf", value: "2"), strength: 0.5),
            ]
        }
        if chance(0.4) {
            query.pinned = (0..<4).map { _ in PinnedItem(item(), rank: Int.random(in: 1...12, using: &random)) }
            query.pinned.append(PinnedItem(ItemID(checked: "unknown"), rank: 1))
        }
        if chance(0.4) { query.diversity = [0.1, 0.5, 1].randomElement(using: &random) }
        return query
    }
}
