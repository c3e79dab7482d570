/// One user's ratings as the algorithms see them: item indices in ascending order, each with its rating's code.
package struct Profile: Hashable, Sendable {
    package let items: [UInt32]
    package let codes: [UInt8]
    /// The user's row in the rating matrix, which is no neighbour of itself; nil for users it does not know.
    package let row: UInt32?

    /// - Precondition: `items` ascends strictly, and `codes` has as many elements.
    package init(items: [UInt32], codes: [UInt8], row: UInt32? = nil) {
        precondition(items.count == codes.count)
        self.items = items
        self.codes = codes
        self.row = row
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
}
