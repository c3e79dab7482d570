/// The codes that the voters gave to a few items.
struct VoterCodes {
    private let voterCount: Int
    /// By item: of no meaning, then by voter the code, 0 where the voter did not rate the item.
    private var codes: [UInt8]

    /// An item's column is read where that is short, else every voter's row is searched by halves: a few items are wanted out of rows
    /// that may hold thousands, by a few voters out of columns that may hold tens of thousands.
    ///
    /// - Complexity: O(`items` × `voters` × log(ratings of a voter)).
    init(
        of voters: [Voter], for items: [UInt32], in ratings: CurrentRatings, _ numbers: inout VoterNumbers
    ) throws(CancellationError) {
        voterCount = voters.count
        let width = voters.count + 1
        codes = [UInt8](repeating: 0, count: items.count * width)
        var cancellation = Cancellation()
        for (place, item) in items.enumerated() {
            try cancellation.count(Self.searchSteps * voters.count)
            let column = ratings.file.columnIfKnown(item)
            if column.count <= Self.searchSteps * voters.count {
                codes.withUnsafeMutableBufferPointer { codes in
                    let target = UnsafeMutableBufferPointer(rebasing: codes[place * width..<(place + 1) * width])
                    numbers.scatter(column, of: ratings.file, voters, to: target)
                    if let votes = ratings.votes(on: item) { numbers.scatter(votes, to: target) }
                }
            } else {
                for (number, voter) in voters.enumerated() {
                    codes[place * width + number + 1] = ratings.code(of: item, by: voter.user) ?? 0
                }
            }
        }
        numbers.clear(voters)
    }

    /// So many ratings of a column are read in the time in which a row is searched.
    private static let searchSteps = 12

    /// - Returns: nil where the voter did not rate the item.
    func code(item: Int, voter: Int) -> UInt8? {
        let code = codes[item * (voterCount + 1) + voter + 1]
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

/// Says of any user in O(1) whether and as which it votes.
struct VoterNumbers: Sendable {
    private var userCount: Int
    /// By user: 0 for those who do not vote, else one more than the number among the voters. Empty until it is needed.
    private var numbers: [UInt32] = []
    private var isMarked = false

    init(userCount: Int) {
        self.userCount = userCount
    }

    /// Makes room for more users.
    mutating func grow(to userCount: Int) {
        guard userCount > self.userCount else { return }
        self.userCount = userCount
        if !numbers.isEmpty { numbers += repeatElement(0, count: userCount - numbers.count) }
    }

    /// Writes each voter's code of a column to the voter's number plus 1, and the other users' to 0.
    fileprivate mutating func scatter(
        _ column: Range<Int>, of ratings: RatingMatrix, _ voters: [Voter], to codes: UnsafeMutableBufferPointer<UInt8>
    ) {
        if !isMarked {
            if numbers.isEmpty { numbers = [UInt32](repeating: 0, count: userCount) }
            for (number, voter) in voters.enumerated() { numbers[Int(voter.user)] = UInt32(number + 1) }
            isMarked = true
        }
        numbers.withUnsafeBufferPointer { numbers in
            ratings.users.withUnsafeBufferPointer { users in
                ratings.columnCodes.withUnsafeBufferPointer { columnCodes in
                    for place in column { codes[Int(numbers[Int(users[place])])] = columnCodes[place] }
                }
            }
        }
    }

    /// Writes what voters said since over that, 0 where they took their rating back.
    fileprivate func scatter(_ votes: [LiveVote], to codes: UnsafeMutableBufferPointer<UInt8>) {
        for vote in votes { codes[Int(numbers[Int(vote.user)])] = vote.code }
    }

    fileprivate mutating func clear(_ voters: [Voter]) {
        guard isMarked else { return }
        for voter in voters { numbers[Int(voter.user)] = 0 }
        isMarked = false
    }
}
