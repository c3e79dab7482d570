extension RatingMatrix {
    /// Builds the columns from the rows, in O(ratings).
    ///
    /// - Parameter rowTimes: nil where no time is known.
    /// - Precondition: `rowStarts` has `userCount + 1` ascending elements from 0 to `items.count`; every row's items ascend strictly
    ///   and are below `itemCount`; `rowCodes` and `rowTimes` have as many elements as `items`.
    package init(
        itemCount: Int, rowStarts: FlatArray<Int>, items: FlatArray<UInt32>, rowCodes: FlatArray<UInt8>,
        rowTimes: FlatArray<UInt32>? = nil
    ) {
        let rowTimes = rowTimes ?? FlatArray(repeatElement(0, count: items.count))
        precondition(rowStarts.first == 0 && rowStarts.last == items.count)
        precondition(rowCodes.count == items.count && rowTimes.count == items.count)
        var columnStarts = [Int](repeating: 0, count: itemCount + 1)
        for item in items { columnStarts[Int(item) + 1] += 1 }
        for item in 0..<itemCount { columnStarts[item + 1] += columnStarts[item] }
        var next = columnStarts
        var users = [UInt32](repeating: 0, count: items.count)
        var columnCodes = [UInt8](repeating: 0, count: items.count)
        for user in 0..<rowStarts.count - 1 {
            for place in rowStarts[user]..<rowStarts[user + 1] {
                let item = Int(items[place])
                users[next[item]] = UInt32(user)
                columnCodes[next[item]] = rowCodes[place]
                next[item] += 1
            }
        }
        self.init(
            rowStarts: rowStarts, items: items, rowCodes: rowCodes, rowTimes: rowTimes, columnStarts: FlatArray(columnStarts),
            users: FlatArray(users), columnCodes: FlatArray(columnCodes))
    }

    /// The same from arrays.
    package init(itemCount: Int, rowStarts: [Int], items: [UInt32], rowCodes: [UInt8], rowTimes: [UInt32]? = nil) {
        self.init(
            itemCount: itemCount, rowStarts: FlatArray(rowStarts), items: FlatArray(items), rowCodes: FlatArray(rowCodes),
            rowTimes: rowTimes.map { FlatArray($0) })
    }
}
