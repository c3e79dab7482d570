/// One row of a list: the next `count` items behind those of the rows before it.
package struct RecommendationRow: Hashable, Sendable, Codable {
    package var genre: String
    /// At least 1.
    package var count: Int

    package init(genre: String, count: Int) {
        self.genre = genre
        self.count = count
    }
}
