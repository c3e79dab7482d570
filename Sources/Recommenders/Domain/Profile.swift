/// One user's ratings as the algorithms see them: item indices in ascending order, each with its rating's code and time.
package struct Profile: Hashable, Sendable {
    package let items: [UInt32]
    package let codes: [UInt8]
    /// Seconds since 1970; 0 where it is not known.
    package let times: [UInt32]
    /// The user's row in the rating matrix, which is no neighbour of itself; nil for users it does not know.
    package let row: UInt32?
    /// Items that are not to be recommended, in any order. To the algorithms they are items like any other.
    package let dismissed: [UInt32]

    /// - Parameter times: nil where none is known.
    /// - Precondition: `items` ascends strictly, and `codes` and `times` have as many elements.
    package init(
        items: [UInt32], codes: [UInt8], times: [UInt32]? = nil, row: UInt32? = nil, dismissed: [UInt32] = []
    ) {
        let times = times ?? [UInt32](repeating: 0, count: items.count)
        precondition(items.count == codes.count && items.count == times.count)
        self.items = items
        self.codes = codes
        self.times = times
        self.row = row
        self.dismissed = dismissed
    }

    /// The ratings of the first `itemCount` items only, in the same places: for algorithms that know no others.
    package func restricted(to itemCount: Int) -> Profile {
        guard let last = items.last, last >= itemCount else { return self }
        let count = items.firstIndex { $0 >= itemCount } ?? items.count
        return Profile(
            items: Array(items[..<count]), codes: Array(codes[..<count]), times: Array(times[..<count]), row: row,
            dismissed: dismissed.filter { $0 < itemCount })
    }

    /// The same with more items that are not to be recommended: those that were shown already, say.
    package func excluding(_ items: [UInt32]) -> Profile {
        Profile(items: self.items, codes: codes, times: times, row: row, dismissed: dismissed + items)
    }

    package var isEmpty: Bool { items.isEmpty }

    /// - Complexity: O(log n).
    package func code(of item: UInt32) -> UInt8? {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low < items.count && items[low] == item ? codes[low] : nil
    }

    /// For each rating how many of the profile's are later, so that 0 is the latest's rank. Equal times share a rank: where no time is known
    /// all are 0.
    ///
    /// - Complexity: O(n log n).
    package var recencyRanks: [Int] {
        // Latest first: the bits of a time turned round, and below them the place.
        let order = times.enumerated().map { UInt64(~$1) << 32 | UInt64($0) }.sorted().map { Int($0 & 0xffff_ffff) }
        var ranks = [Int](repeating: 0, count: order.count)
        for (position, place) in order.enumerated() {
            let isTied = position > 0 && times[order[position - 1]] == times[place]
            ranks[place] = isTied ? ranks[order[position - 1]] : position
        }
        return ranks
    }
}
