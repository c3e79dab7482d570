/// Which items a list may hold.
package struct ItemFilter: Hashable, Sendable {
    private var admitted: [Bool]

    /// - Parameter admitsAll: what it does until told otherwise.
    package init(itemCount: Int, admitsAll: Bool = false) {
        admitted = [Bool](repeating: admitsAll, count: itemCount)
    }

    package mutating func admit(_ item: UInt32) { admitted[Int(item)] = true }

    package mutating func refuse(_ item: UInt32) { admitted[Int(item)] = false }

    /// - Complexity: O(items).
    mutating func refuse(whatIsRefusedBy other: ItemFilter) {
        for item in admitted.indices where !other.admitted[item] { admitted[item] = false }
    }

    /// - Complexity: O(1).
    package func admits(_ item: UInt32) -> Bool { admitted[Int(item)] }
}
