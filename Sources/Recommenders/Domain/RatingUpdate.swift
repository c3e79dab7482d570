/// One user's new word on one item.
package struct RatingUpdate: Hashable, Sendable, Codable {
    package let item: ItemID
    package let change: RatingChange
    package let version: RatingVersion

    package init(item: ItemID, change: RatingChange, version: RatingVersion) {
        self.item = item
        self.change = change
        self.version = version
    }

    /// - Parameter rating: a value on the rating scale, or nil to take the word before it back.
    package init(item: ItemID, rating: Double?, version: RatingVersion) {
        self.init(item: item, change: rating.map { .rated($0) } ?? .removed, version: version)
    }

    /// nil when the item is not rated after it.
    package var rating: Double? {
        if case .rated(let rating) = change { rating } else { nil }
    }
}
