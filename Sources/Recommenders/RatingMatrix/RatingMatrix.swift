/// Every rating twice: rows by user and columns by item, both compressed, read-only.
///
/// `items[rowStarts[u] ..< rowStarts[u + 1]]` are the items of user `u` in ascending order, `rowCodes` their ratings;
/// `users[columnStarts[i] ..< columnStarts[i + 1]]` are the users of item `i` in ascending order, `columnCodes` theirs.
package struct RatingMatrix: Sendable, Equatable {
    package let userCount: Int
    package let itemCount: Int
    package let rowStarts: [Int]
    package let items: [UInt32]
    package let rowCodes: [UInt8]
    package let columnStarts: [Int]
    package let users: [UInt32]
    package let columnCodes: [UInt8]

    package var ratingCount: Int { items.count }

    /// Builds the columns from the rows, in O(ratings).
    ///
    /// - Precondition: `rowStarts` has `userCount + 1` ascending elements from 0 to `items.count`; every row's items ascend strictly
    ///   and are below `itemCount`; `rowCodes` has as many elements as `items`.
    package init(itemCount: Int, rowStarts: [Int], items: [UInt32], rowCodes: [UInt8]) {
        precondition(rowStarts.first == 0 && rowStarts.last == items.count && rowCodes.count == items.count)
        self.userCount = rowStarts.count - 1
        self.itemCount = itemCount
        self.rowStarts = rowStarts
        self.items = items
        self.rowCodes = rowCodes

        var columnStarts = [Int](repeating: 0, count: itemCount + 1)
        for item in items { columnStarts[Int(item) + 1] += 1 }
        for item in 0..<itemCount { columnStarts[item + 1] += columnStarts[item] }
        var next = columnStarts
        var users = [UInt32](repeating: 0, count: items.count)
        var columnCodes = [UInt8](repeating: 0, count: items.count)
        for user in 0..<userCount {
            for place in rowStarts[user]..<rowStarts[user + 1] {
                let item = Int(items[place])
                users[next[item]] = UInt32(user)
                columnCodes[next[item]] = rowCodes[place]
                next[item] += 1
            }
        }
        self.columnStarts = columnStarts
        self.users = users
        self.columnCodes = columnCodes
    }

    /// Where user `user`'s ratings stand in `items` and `rowCodes`.
    package func row(_ user: Int) -> Range<Int> { rowStarts[user]..<rowStarts[user + 1] }

    /// Where item `item`'s ratings stand in `users` and `columnCodes`.
    package func column(_ item: Int) -> Range<Int> { columnStarts[item]..<columnStarts[item + 1] }
}
