/// What a query wants of a list besides the best items: the rules that are the same for a list and for each of several rows.
struct ListShaping: Sendable {
    /// By item, in deviations of the scores; nil where nothing is boosted.
    var boosts: [Double]?
    /// From 0 to 1.
    var diversity = 0.0
    var exploration: Exploration?
    let similarity: ItemSimilarity

    /// So many of the best items, for each that is listed, are what diversity chooses from and exploration draws from.
    static let poolFactor = 10
    static let leastPool = 100

    private static func pool(for count: Int) -> Int { max(leastPool, poolFactor * count) }

    /// The best items from which `choose` chooses as if from all.
    func candidateCount(for count: Int, of itemCount: Int) -> Int {
        guard boosts == nil else { return itemCount }
        var wanted = count
        if diversity > 0 { wanted = max(wanted, Self.pool(for: count)) }
        if explored(of: count) > 0 { wanted += Self.pool(for: count) }
        return min(wanted, itemCount)
    }

    /// In the order of the boosted scores, of equal ones the lower item first.
    func boosted(_ candidates: [TopK.Entry]) -> [Choice] {
        guard let boosts else { return candidates.map { Choice($0) } }
        let deviation = Self.deviation(of: candidates)
        return candidates.map { Choice($0, boost: deviation * boosts[Int($0.element)]) }
            .sorted { ($0.boostedScore, $1.item) > ($1.boostedScore, $0.item) }
    }

    /// Of the scores; 1 where they are all alike, since else nothing could set them apart.
    static func deviation(of candidates: [TopK.Entry]) -> Double {
        guard !candidates.isEmpty else { return 1 }
        let scores = candidates.map { Double($0.score) }
        let mean = scores.reduce(0, +) / Double(scores.count)
        let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(scores.count)).squareRoot()
        return deviation > 1e-6 * abs(mean) ? deviation : 1
    }

    /// - Parameters:
    ///   - ranking: best first.
    ///   - seedShift: different for lists that are drawn for together.
    func choose(_ count: Int, from ranking: [Choice], seedShift: UInt64) -> [Choice] {
        let list = varied(count, from: ranking)
        guard let exploration, list.count == count else { return list }
        return explore(list, ranking, with: exploration.seed &+ seedShift)
    }

    private func varied(_ count: Int, from ranking: [Choice]) -> [Choice] {
        guard diversity > 0 else { return Array(ranking.prefix(count)) }
        let pool = Array(ranking.prefix(Self.pool(for: count)))
        let relevance = MaximalMarginalRelevance(diversity: diversity)
        return relevance.pick(count, of: pool.map(\.boostedScore), similarities: similarity.within(pool.map(\.item))).map {
            pool[$0]
        }
    }

    /// How many of `count` places are given away.
    private func explored(of count: Int) -> Int {
        Int((Double(count) * (exploration?.share ?? 0).clamped(to: Exploration.shareRange)).rounded())
    }

    /// Draws as many items as are wanted, or there are, from the best that did not get a place, and places among all to put them in.
    /// The last of the list make room.
    private func explore(_ list: [Choice], _ ranking: [Choice], with seed: UInt64) -> [Choice] {
        let listed = Set(list.map(\.item))
        var further = Array(ranking.lazy.filter { !listed.contains($0.item) }.prefix(Self.pool(for: list.count)))
        let count = min(explored(of: list.count), further.count)
        guard count > 0 else { return list }
        var random = SplitMix64(seed: seed)
        random.shuffle(&further)
        var places = Array(list.indices)
        random.shuffle(&places)
        let given = Set(places.prefix(count))
        var (kept, drawn) = (list.dropLast(count), further.prefix(count))
        return list.indices.compactMap { place in
            given.contains(place) ? drawn.popFirst()?.placed(as: .explored) : kept.popFirst()
        }
    }
}

extension Double {
    func clamped(to range: ClosedRange<Double>) -> Double { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
