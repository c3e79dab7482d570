/// What the ratings say of one item.
package struct ItemStatistics: Sendable, Hashable {
    package let ratingCount: Int
    /// On the rating scale; nil when nobody rated it.
    package let meanRating: Double?
}
