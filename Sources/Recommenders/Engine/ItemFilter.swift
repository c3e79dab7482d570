/// Which items a list may hold.
package struct ItemFilter: Hashable, Sendable {
    private var admitted: [Bool]

    /// Admits nothing until told.
    package init(itemCount: Int) {
        admitted = [Bool](repeating: false, count: itemCount)
    }

    package mutating func admit(_ item: UInt32) { admitted[Int(item)] = true }

    /// - Complexity: O(1).
    package func admits(_ item: UInt32) -> Bool { admitted[Int(item)] }
}
