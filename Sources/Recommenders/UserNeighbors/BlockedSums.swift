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
        sharing items: [UInt32], in ratings: RatingMatrix, maximumCode: UInt8, addend: (_ n: Int, _ code: UInt8) -> Sums,
        _ body: (_ first: Int, UnsafeBufferPointer<Sums>) -> Void
    ) throws(CancellationError) {
        if sums.isEmpty { sums = [Sums](repeating: .zero, count: min(blockLength, ratings.userCount)) }
        var cursors = items.map { ratings.columnStarts[Int($0)] }
        let ends = items.map { ratings.columnStarts[Int($0) + 1] }
        var addends = [Sums](repeating: .zero, count: Int(maximumCode) + 1)
        var cancellation = Cancellation()
        try sums.withUnsafeMutableBufferPointer { sums throws(CancellationError) in
            for first in stride(from: 0, to: ratings.userCount, by: blockLength) {
                let limit = min(first + blockLength, ratings.userCount)
                for n in items.indices where cursors[n] < ends[n] {
                    let end = limit == ratings.userCount ? ends[n] : ratings.place(ofUser: limit, in: cursors[n]..<ends[n])
                    guard cursors[n] < end else { continue }
                    try cancellation.count(end - cursors[n])
                    for code in 1...maximumCode { addends[Int(code)] = addend(n, code) }
                    Self.add(cursors[n]..<end, of: ratings, addends, to: sums, first: first)
                    cursors[n] = end
                }
                let block = UnsafeMutableBufferPointer(rebasing: sums[..<(limit - first)])
                body(first, UnsafeBufferPointer(block))
                block.update(repeating: .zero)
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
