/// Gives some of a list's places to items from further down, so that it is found out how those do.
package struct Exploration: Hashable, Sendable, Codable {
    package static let shareRange = 0.0...1.0

    /// What share of the places, within `shareRange`; rounded to whole places.
    package var share: Double
    /// The same seed gives the same list.
    package var seed: UInt64

    package init(share: Double, seed: UInt64 = 0) {
        self.share = share
        self.seed = seed
    }
}
