package import Recommenders

/// All ratings of a data set in the order in which they were given, whoever gave them.
///
/// Those of one second follow each other in an order drawn by chance: in that of their items it would be the data set's numbering
/// that says what comes next.
package struct RatingStream: Sendable {
    package struct Rating: Hashable, Sendable {
        package let user: UInt32
        package let item: UInt32
        package let code: UInt8
        /// Seconds since 1970.
        package let time: UInt32
    }

    package let ratings: [Rating]
    private let source: RatingMatrix
    /// By place in the rows of `source`: the rating's place in the stream.
    private let positions: [UInt32]

    /// - Parameter seed: of the order within a second.
    /// - Throws: when no times are known.
    /// - Complexity: O(ratings log ratings).
    package init(_ matrix: RatingMatrix, seed: UInt64 = 1) throws(SplitError) {
        guard matrix.hasTimes else { throw .timesUnknown }
        source = matrix
        var generator = SplitMix64(seed: seed)
        let keys = matrix.rowTimes.map { UInt64($0) << 32 | generator.next() >> 32 }
        let order = matrix.rowTimes.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        var positions = [UInt32](repeating: 0, count: order.count)
        for (position, place) in order.enumerated() { positions[place] = UInt32(position) }
        self.positions = positions
        var users = [UInt32](repeating: 0, count: order.count)
        for user in 0..<matrix.userCount {
            for place in matrix.row(user) { users[place] = UInt32(user) }
        }
        ratings = order.map {
            Rating(user: users[$0], item: matrix.items[$0], code: matrix.rowCodes[$0], time: matrix.rowTimes[$0])
        }
    }

    package var userCount: Int { source.userCount }
    package var itemCount: Int { source.itemCount }

    /// The first `count` ratings, with all users and items in their places: those who come later have no ratings yet.
    ///
    /// - Complexity: O(all ratings).
    package func matrix(first count: Int) -> RatingMatrix {
        var starts = [0]
        starts.reserveCapacity(source.userCount + 1)
        var items: [UInt32] = []
        var codes: [UInt8] = []
        var times: [UInt32] = []
        items.reserveCapacity(count)
        codes.reserveCapacity(count)
        times.reserveCapacity(count)
        for user in 0..<source.userCount {
            for place in source.row(user) where positions[place] < count {
                items.append(source.items[place])
                codes.append(source.rowCodes[place])
                times.append(source.rowTimes[place])
            }
            starts.append(items.count)
        }
        return RatingMatrix(itemCount: source.itemCount, rowStarts: starts, items: items, rowCodes: codes, rowTimes: times)
    }
}
