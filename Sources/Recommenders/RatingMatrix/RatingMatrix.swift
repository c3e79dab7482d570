/// Every rating twice: rows by user and columns by item, both compressed, read-only.
///
/// `items[rowStarts[u] ..< rowStarts[u + 1]]` are the items of user `u` in ascending order, `rowCodes` their ratings, `rowTimes`
/// when they were given; `users[columnStarts[i] ..< columnStarts[i + 1]]` are the users of item `i` in ascending order,
/// `columnCodes` their ratings.
package struct RatingMatrix: Sendable {
    package let userCount: Int
    package let itemCount: Int
    package let rowStarts: FlatArray<Int>
    package let items: FlatArray<UInt32>
    package let rowCodes: FlatArray<UInt8>
    /// Seconds since 1970; 0 where it is not known.
    package let rowTimes: FlatArray<UInt32>
    package let columnStarts: FlatArray<Int>
    package let users: FlatArray<UInt32>
    package let columnCodes: FlatArray<UInt8>
    /// By row its places in the order in which the ratings were given, those of one time by item, as `orderedInTime` makes them: what
    /// a ratings file keeps so that no list need sort its neighbours' rows. nil where it is not kept.
    let timeOrder: FlatArray<UInt16>?

    package var ratingCount: Int { items.count }

    /// Parts that are known to fit each other.
    init(
        rowStarts: FlatArray<Int>, items: FlatArray<UInt32>, rowCodes: FlatArray<UInt8>, rowTimes: FlatArray<UInt32>,
        columnStarts: FlatArray<Int>, users: FlatArray<UInt32>, columnCodes: FlatArray<UInt8>,
        timeOrder: FlatArray<UInt16>? = nil
    ) {
        userCount = rowStarts.count - 1
        itemCount = columnStarts.count - 1
        self.rowStarts = rowStarts
        self.items = items
        self.rowCodes = rowCodes
        self.rowTimes = rowTimes
        self.columnStarts = columnStarts
        self.users = users
        self.columnCodes = columnCodes
        self.timeOrder = timeOrder
    }

    /// Where user `user`'s ratings stand in `items`, `rowCodes` and `rowTimes`.
    package func row(_ user: Int) -> Range<Int> { rowStarts[user]..<rowStarts[user + 1] }

    /// Where item `item`'s ratings stand in `users` and `columnCodes`.
    package func column(_ item: Int) -> Range<Int> { columnStarts[item]..<columnStarts[item + 1] }
}

extension RatingMatrix: Equatable {
    /// What follows from the rest, and may be there or not, makes no difference.
    package static func == (left: RatingMatrix, right: RatingMatrix) -> Bool {
        left.rowStarts == right.rowStarts && left.items == right.items && left.rowCodes == right.rowCodes
            && left.rowTimes == right.rowTimes && left.columnStarts == right.columnStarts && left.users == right.users
            && left.columnCodes == right.columnCodes
    }
}
