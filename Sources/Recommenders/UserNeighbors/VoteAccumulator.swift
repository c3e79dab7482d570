/// The votes of all neighbours on all items, and the list of the items that have any, so that clearing costs only what was touched
/// (the idea of `SparseMatrixMultiplier` in the library implicit).
struct VoteAccumulator: Sendable {
    private var itemCount: Int
    private var votes: [ItemVotes] = []
    private var touched: [UInt32] = []

    init(itemCount: Int) {
        self.itemCount = itemCount
    }

    /// Makes room for more items.
    mutating func grow(to itemCount: Int) {
        guard itemCount > self.itemCount else { return }
        self.itemCount = itemCount
        if !votes.isEmpty { votes += repeatElement(ItemVotes(), count: itemCount - votes.count) }
    }

    /// The items that any neighbour rated, in no order to rely on.
    var items: [UInt32] { touched }

    subscript(item: UInt32) -> ItemVotes { votes[Int(item)] }

    /// Walks the voter's row.
    ///
    /// - Complexity: O(ratings of the voter).
    mutating func add(_ voter: Voter, in ratings: CurrentRatings) {
        if votes.isEmpty { votes = [ItemVotes](repeating: ItemVotes(), count: itemCount) }
        votes.withUnsafeMutableBufferPointer { votes in
            ratings.forEachRating(of: voter.user) { item, code in
                if votes[Int(item)].count == 0 { touched.append(item) }
                votes[Int(item)].add(voter, code: code)
            }
        }
    }

    /// - Complexity: O(`items`).
    mutating func clear() {
        for item in touched { votes[Int(item)] = ItemVotes() }
        touched.removeAll(keepingCapacity: true)
    }
}
