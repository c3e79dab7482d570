/// The votes of all neighbours on all items, and the list of the items that have any, so that clearing costs only what was touched
/// (the idea of `SparseMatrixMultiplier` in the library implicit).
struct VoteAccumulator: Sendable {
    private let itemCount: Int
    private var votes: [ItemVotes] = []
    private var touched: [UInt32] = []

    init(itemCount: Int) {
        self.itemCount = itemCount
    }

    /// The items that any neighbour rated, in no order to rely on.
    var items: [UInt32] { touched }

    subscript(item: UInt32) -> ItemVotes { votes[Int(item)] }

    /// Walks the voter's row.
    ///
    /// - Complexity: O(ratings of the voter).
    mutating func add(_ voter: Voter, in ratings: RatingMatrix) {
        if votes.isEmpty { votes = [ItemVotes](repeating: ItemVotes(), count: itemCount) }
        votes.withUnsafeMutableBufferPointer { votes in
            for place in ratings.row(Int(voter.user)) {
                let item = ratings.items[place]
                if votes[Int(item)].count == 0 { touched.append(item) }
                votes[Int(item)].add(voter, code: ratings.rowCodes[place])
            }
        }
    }

    /// - Complexity: O(`items`).
    mutating func clear() {
        for item in touched { votes[Int(item)] = ItemVotes() }
        touched.removeAll(keepingCapacity: true)
    }
}
