/// One user's new word on one item: a value on the rating scale, or nil to take the rating back.
package struct RatingUpdate: Hashable, Sendable, Codable {
    package let item: ItemID
    package let rating: Double?
    package let version: RatingVersion

    package init(item: ItemID, rating: Double?, version: RatingVersion) {
        self.item = item
        self.rating = rating
        self.version = version
    }
}
