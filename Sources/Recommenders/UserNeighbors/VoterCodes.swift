/// The codes that the voters gave to a few items.
struct VoterCodes {
    private let voterCount: Int
    /// By item and voter; 0 where the voter did not rate the item.
    private var codes: [UInt8]

    /// Every row is searched by halves: a few items are wanted out of rows that may hold thousands.
    ///
    /// - Complexity: O(`items` × `voters` × log(ratings of a voter)).
    init(of voters: [Voter], for items: [UInt32], in ratings: RatingMatrix) {
        voterCount = voters.count
        codes = [UInt8](repeating: 0, count: items.count * voters.count)
        for (number, voter) in voters.enumerated() {
            for (place, item) in items.enumerated() {
                codes[place * voters.count + number] = ratings.code(of: item, by: voter.user) ?? 0
            }
        }
    }

    /// - Returns: nil where the voter did not rate the item.
    func code(item: Int, voter: Int) -> UInt8? {
        let code = codes[item * voterCount + voter]
        return code == 0 ? nil : code
    }

    /// What the voters who rated the item say of it.
    func votes(of voters: [Voter], item: Int) -> ItemVotes {
        var votes = ItemVotes()
        for (number, voter) in voters.enumerated() {
            if let code = code(item: item, voter: number) { votes.add(voter, code: code) }
        }
        return votes
    }
}

extension RatingMatrix {
    /// - Complexity: O(log n).
    fileprivate func code(of item: UInt32, by user: UInt32) -> UInt8? {
        let row = row(Int(user))
        return items.withUnsafeBufferPointer { items in
            var low = row.lowerBound
            var high = row.upperBound
            while low < high {
                let middle = (low + high) / 2
                if items[middle] < item { low = middle + 1 } else { high = middle }
            }
            return low < row.upperBound && items[low] == item ? rowCodes[low] : nil
        }
    }
}
