/// Moves items up a list, or down.
package struct Boost: Hashable, Sendable, Codable {
    package enum Target: Hashable, Sendable, Codable {
        case genre(String)
        case item(ItemID)
        /// Items with this value of the attribute: see `ItemAttributes`.
        case attribute(name: String, value: String)
    }

    package static let strengthRange = -10.0...10.0

    package var target: Target
    /// In standard deviations of the scores of all items that the algorithm could list for the profile, so that it means the same
    /// for every algorithm: 1 moves an ordinary item past some 34 of 100. Below 0 it moves down. Within `strengthRange`.
    package var strength: Double

    package init(_ target: Target, strength: Double) {
        self.target = target
        self.strength = strength
    }
}
