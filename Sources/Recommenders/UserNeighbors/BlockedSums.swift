/// Sums over shared items for all users, some thousands at a time.
///
/// A sum's place follows from nothing but the user, so additions are scattered; a block of users is so large that its sums stay in
/// a core's cache and so small that the columns are still read in long stretches.
struct BlockedSums<Sums: PackedSums>: Sendable {
    static var usualBlockLength: Int { 65_536 }

    private let blockLength: Int
    private var sums: [Sums] = []

    init(blockLength: Int = Self.usualBlockLength) {
        self.blockLength = blockLength
    }

    /// Walks the columns of `items` and calls `body` with the sums of all users, block after block.
    ///
    /// - Parameters:
    ///   - addend: what the rating of `items[n]` with a code adds.
    ///   - body: gets a block's first user and the sums of that one and of those after it; zero for who shares nothing.
    /// - Complexity: O(users + ratings of the items).
    mutating func forEachBlock(
        sharing items: [UInt32], in current: CurrentRatings, maximumCode: UInt8, addend: (_ n: Int, _ code: UInt8) -> Sums,
        _ body: (_ first: Int, UnsafeBufferPointer<Sums>) -> Void
    ) throws(CancellationError) {
        let ratings = current.file
        let userCount = current.userCount
        let length = min(blockLength, userCount)
        if sums.count < length { sums += repeatElement(.zero, count: length - sums.count) }
        var cursors = items.map { ratings.columnIfKnown($0).lowerBound }
        let ends = items.map { ratings.columnIfKnown($0).upperBound }
        var votes = current.live == nil ? [] : items.map { ArraySlice(current.votes(on: $0) ?? []) }
        var addends = [Sums](repeating: .zero, count: Int(maximumCode) + 1)
        var cancellation = Cancellation()
        try sums.withUnsafeMutableBufferPointer { sums throws(CancellationError) in
            for first in stride(from: 0, to: userCount, by: blockLength) {
                let limit = min(first + blockLength, userCount)
                for n in items.indices where cursors[n] < ends[n] || !votes.isEmpty && !votes[n].isEmpty {
                    let end = limit >= ratings.userCount ? ends[n] : ratings.place(ofUser: limit, in: cursors[n]..<ends[n])
                    let said: ArraySlice<LiveVote> = votes.isEmpty ? [] : votes[n].prefix(before: limit)
                    guard cursors[n] < end || !said.isEmpty else { continue }
                    try cancellation.count(end - cursors[n] + said.count)
                    for code in 1...maximumCode { addends[Int(code)] = addend(n, code) }
                    Self.add(cursors[n]..<end, of: ratings, addends, to: sums, first: first)
                    cursors[n] = end
                    guard !said.isEmpty else { continue }
                    Self.replace(said, addends, in: sums, first: first)
                    votes[n] = votes[n][said.endIndex...]
                }
                let block = UnsafeMutableBufferPointer(rebasing: sums[..<(limit - first)])
                body(first, UnsafeBufferPointer(block))
                block.update(repeating: .zero)
            }
        }
    }

    /// Takes back what the file's ratings added, and adds what holds instead; zero stands for no rating.
    private static func replace(
        _ votes: ArraySlice<LiveVote>, _ addends: [Sums], in sums: UnsafeMutableBufferPointer<Sums>, first: Int
    ) {
        addends.withUnsafeBufferPointer { addends in
            votes.withUnsafeBufferPointer { votes in
                for vote in votes {
                    let place = Int(vote.user) &- first
                    sums[place] += addends[Int(vote.code)]
                    sums[place] -= addends[Int(vote.fileCode)]
                }
            }
        }
    }

    /// The hot loop: one addition for each rating.
    private static func add(
        _ places: Range<Int>, of ratings: RatingMatrix, _ addends: [Sums], to sums: UnsafeMutableBufferPointer<Sums>, first: Int
    ) {
        ratings.users.withUnsafeBufferPointer { users in
            ratings.columnCodes.withUnsafeBufferPointer { codes in
                addends.withUnsafeBufferPointer { addends in
                    for place in places { sums[Int(users[place]) &- first] += addends[Int(codes[place])] }
                }
            }
        }
    }
}

extension ArraySlice<LiveVote> {
    /// Those of users before `user`.
    ///
    /// - Complexity: O(log n).
    fileprivate func prefix(before user: Int) -> ArraySlice<LiveVote> {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle].user) < user { low = middle + 1 } else { high = middle }
        }
        return self[..<low]
    }
}

extension RatingMatrix {
    /// The first of `places` of a column that belongs to user `user` or a later one.
    ///
    /// - Complexity: O(log n).
    fileprivate func place(ofUser user: Int, in places: Range<Int>) -> Int {
        users.withUnsafeBufferPointer { users in
            var low = places.lowerBound
            var high = places.upperBound
            while low < high {
                let middle = (low + high) / 2
                if Int(users[middle]) < user { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
