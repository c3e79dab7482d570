/// The votes of all neighbours on all items, and the list of the items that have any, so that clearing costs only what was touched.
struct VoteAccumulator: Sendable {
    private var votes: [ItemVotes]
    private var touched: [UInt32]
    private var touchedCount = 0

    init(itemCount: Int) {
        votes = [ItemVotes](repeating: ItemVotes(), count: itemCount)
        // One place more than items: the loop writes before it knows whether the item is new.
        touched = [UInt32](repeating: 0, count: itemCount + 1)
    }

    /// The items that any neighbour rated, in no order to rely on.
    var items: ArraySlice<UInt32> { touched[..<touchedCount] }

    subscript(item: UInt32) -> ItemVotes { votes[Int(item)] }

    /// Walks the voter's row.
    ///
    /// - Complexity: O(ratings of the voter).
    mutating func add(_ voter: Voter, in ratings: RatingMatrix) {
        var touchedCount = touchedCount
        votes.withUnsafeMutableBufferPointer { votes in
            touched.withUnsafeMutableBufferPointer { touched in
                for place in ratings.row(Int(voter.user)) {
                    let item = ratings.items[place]
                    let code = Double(ratings.rowCodes[place])
                    touched[touchedCount] = item
                    touchedCount += votes[Int(item)].count == 0 ? 1 : 0
                    votes[Int(item)].count += 1
                    votes[Int(item)].weight += voter.similarity
                    votes[Int(item)].weightedCodes += voter.similarity * code
                    votes[Int(item)].agreement += voter.vote * code
                }
            }
        }
        self.touchedCount = touchedCount
    }

    /// - Complexity: O(`items`).
    mutating func clear() {
        for item in items { votes[Int(item)] = ItemVotes() }
        touchedCount = 0
    }
}
