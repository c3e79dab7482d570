extension RatingMatrix {
    /// Builds the columns from the rows, in O(ratings), on all cores.
    ///
    /// - Parameter rowTimes: nil where no time is known.
    /// - Precondition: `rowStarts` has `userCount + 1` ascending elements from 0 to `items.count`; every row's items ascend strictly
    ///   and are below `itemCount`; `rowCodes` and `rowTimes` have as many elements as `items`.
    package init(
        itemCount: Int, rowStarts: FlatArray<Int>, items: FlatArray<UInt32>, rowCodes: FlatArray<UInt8>,
        rowTimes: FlatArray<UInt32>? = nil, threads: Int = Parallel.coreCount
    ) {
        let rowTimes = rowTimes ?? FlatArray(repeatElement(0, count: items.count))
        precondition(rowStarts.first == 0 && rowStarts.last == items.count)
        precondition(rowCodes.count == items.count && rowTimes.count == items.count)
        let columns = RatingColumns(
            itemCount: itemCount, rowStarts: rowStarts, items: items, rowCodes: rowCodes, threads: threads)
        self.init(
            rowStarts: rowStarts, items: items, rowCodes: rowCodes, rowTimes: rowTimes, columnStarts: columns.starts,
            users: columns.users, columnCodes: columns.codes)
    }

    /// The same from arrays.
    package init(itemCount: Int, rowStarts: [Int], items: [UInt32], rowCodes: [UInt8], rowTimes: [UInt32]? = nil) {
        self.init(
            itemCount: itemCount, rowStarts: FlatArray(rowStarts), items: FlatArray(items), rowCodes: FlatArray(rowCodes),
            rowTimes: rowTimes.map { FlatArray($0) })
    }
}
