extension RatingMatrix {
    /// Where in `row` an item stands, counted from the row's first.
    ///
    /// - Complexity: O(log n).
    func place(of item: UInt32, in row: Range<Int>) -> Int? {
        items.withUnsafeBufferPointer { items in
            // The last item that is not behind the wanted one: halves are taken without a branch, which nobody could foretell.
            var (first, count) = (row.lowerBound, row.count)
            while count > 1 {
                let half = count / 2
                first = items[first + half] <= item ? first + half : first
                count -= half
            }
            return count == 1 && items[first] == item ? first - row.lowerBound : nil
        }
    }

    /// - Returns: an empty row for users behind the last.
    func rowIfKnown(_ user: UInt32) -> Range<Int> { user < userCount ? row(Int(user)) : 0..<0 }

    /// - Returns: an empty column for items behind the last.
    func columnIfKnown(_ item: UInt32) -> Range<Int> { item < itemCount ? column(Int(item)) : 0..<0 }
}
