/// What the lists of one call are computed from: the algorithms, and what the items' numbers stand for.
struct EngineView: Sendable {
    let library: ModelLibrary
    let userNeighbors: UserNeighborRecommender
    let baseline: BaselinePredictor

    var itemCount: Int { library.dataset.items.count }

    /// - Returns: nil when the algorithm cannot answer; and for the classic order, which scores no items.
    func scorer(of algorithm: Algorithm) -> (any ItemScorer)? { library.scorer(of: algorithm) }

    func id(of item: UInt32) -> ItemID { library.dataset.items[item] }

    func index(of item: ItemID) -> UInt32? { library.dataset.items.index(of: item) }

    /// Of a row of the rating matrix.
    func user(_ row: UInt32) -> UserID { library.dataset.users[row] }

    /// By ascending item.
    func ratings(of row: UInt32) -> [(item: UInt32, code: UInt8)] {
        library.dataset.ratings.row(Int(row)).map { (library.dataset.ratings.items[$0], library.dataset.ratings.rowCodes[$0]) }
    }
}
