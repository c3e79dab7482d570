/// Several rows of items, each of one genre, and no item in two of them.
package struct RowRequest: Hashable, Sendable, Codable {
    package static let countRange = 1...20
    /// Of the items in a row.
    package static let lengthRange = 1...50

    /// How many rows, within `countRange`; nil for as many as `genres` names, or five. There are fewer where the catalogue has
    /// fewer genres with anything to recommend.
    package var count: Int?
    /// How many items in each, within `lengthRange`; nil for ten.
    package var length: Int?
    /// Which genres, in the order of the rows; nil or empty for those that the user likes best.
    package var genres: [String]?

    package init(count: Int? = nil, length: Int? = nil, genres: [String]? = nil) {
        self.count = count
        self.length = length
        self.genres = genres
    }
}
