/// An item that has its place in a list, and why.
struct Choice: Hashable, Sendable {
    let item: UInt32
    /// What the algorithm says of it; `-infinity` where that is nothing.
    let score: Float
    /// What the query's boosts add to the score.
    var boost = 0.0
    var placement = Recommendation.Placement.ranked
    /// What popularity says of it, where that put it in.
    var popularity: Float?

    init(_ entry: TopK.Entry, boost: Double = 0) {
        item = entry.element
        score = entry.score
        self.boost = boost
    }

    /// An item that the algorithm would not list.
    init(_ item: UInt32, placement: Recommendation.Placement) {
        self.item = item
        score = -.infinity
        self.placement = placement
    }

    init(filledWith entry: TopK.Entry) {
        self.init(entry.element, placement: .filled)
        popularity = entry.score
    }

    /// What it is ordered by.
    var boostedScore: Double { Double(score) + boost }

    func placed(as placement: Recommendation.Placement) -> Choice {
        var choice = self
        choice.placement = placement
        return choice
    }
}

/// The places of a list, in their order, and in which rows they are.
struct Choices: Sendable {
    var places: [Choice] = []
    var rows: [RecommendationRow]?

    var entries: [TopK.Entry] { places.map { TopK.Entry(element: $0.item, score: $0.score) } }
}

/// Makes a list of an algorithm's ranking.
protocol ListPlan: Sendable {
    /// Items that it lists even where the filter refuses them.
    var pinned: Set<UInt32> { get }

    /// How many of the best items it has to know to choose as if it knew all.
    func candidateCount(of itemCount: Int) -> Int

    /// - Parameters:
    ///   - candidates: the best of the items that pass the filter, best first.
    ///   - fill: see `Fill`.
    func choose(from candidates: [TopK.Entry], fill: Fill) throws(CancellationError) -> Choices
}

/// The most popular items that may be listed, but for those that are: at most `count`, most popular first.
typealias Fill = (_ count: Int, _ genre: String?, _ listed: Set<UInt32>) throws(CancellationError) -> [TopK.Entry]
