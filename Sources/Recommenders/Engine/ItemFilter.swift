/// Which items a list may hold.
package struct ItemFilter: Hashable, Sendable {
    private var admitted: [Bool]
    /// Of items behind those: what came since it was known how many there are.
    private let admitsOthers: Bool

    /// - Parameter admitsAll: what it does until told otherwise.
    package init(itemCount: Int, admitsAll: Bool = false) {
        admitted = [Bool](repeating: admitsAll, count: itemCount)
        admitsOthers = admitsAll
    }

    package mutating func admit(_ item: UInt32) { set(item, true) }

    package mutating func refuse(_ item: UInt32) { set(item, false) }

    private mutating func set(_ item: UInt32, _ isAdmitted: Bool) {
        if item >= admitted.count {
            guard isAdmitted != admitsOthers else { return }
            admitted += repeatElement(admitsOthers, count: Int(item) + 1 - admitted.count)
        }
        admitted[Int(item)] = isAdmitted
    }

    /// - Complexity: O(items).
    mutating func refuse(whatIsRefusedBy other: ItemFilter) {
        for item in 0..<UInt32(max(admitted.count, other.admitted.count)) where !other.admits(item) { refuse(item) }
    }

    /// - Complexity: O(1).
    package func admits(_ item: UInt32) -> Bool { item < admitted.count ? admitted[Int(item)] : admitsOthers }
}
