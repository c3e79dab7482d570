/// What the lists of one call are computed from: the algorithms, with what was said until then laid over the data set, and what the
/// items' numbers stand for.
struct EngineView: Sendable {
    let userNeighbors: UserNeighborRecommender
    let baseline: BaselinePredictor
    private let library: ModelLibrary
    private let live: LiveState?

    /// - Parameter live: nil where only the data set is to count.
    init(_ library: ModelLibrary, _ baseline: BaselinePredictor, live: LiveState?) {
        self.library = library
        self.live = live
        self.userNeighbors = live.map { library.userNeighbors.following($0) } ?? library.userNeighbors
        self.baseline = live.map { baseline.following($0) } ?? baseline
    }

    /// With those that came since, which stand behind the data set's.
    var itemCount: Int { live?.itemCount ?? library.dataset.items.count }

    /// - Returns: nil when the algorithm cannot answer; and for the classic order, which scores no items.
    func scorer(of algorithm: Algorithm) -> (any ItemScorer)? {
        guard let scorer = library.scorer(of: algorithm) else { return nil }
        return live.map { scorer.following($0) } ?? scorer
    }

    func id(of item: UInt32) -> ItemID { live?.item(item) ?? library.dataset.items[item] }

    func index(of item: ItemID) -> UInt32? { live.map { $0.index(of: item) } ?? library.dataset.items.index(of: item) }

    /// Of a row of the rating matrix.
    func user(_ row: UInt32) -> UserID { live?.user(row) ?? library.dataset.users[row] }

    /// By ascending item.
    func ratings(of row: UInt32) -> [(item: UInt32, code: UInt8)] {
        guard let live else {
            let ratings = library.dataset.ratings
            return ratings.row(Int(row)).map { (ratings.items[$0], ratings.rowCodes[$0]) }
        }
        var ratings: [(item: UInt32, code: UInt8)] = []
        live.forEachRating(ofUser: row) { item, code, _ in ratings.append((item, code)) }
        return ratings
    }
}
