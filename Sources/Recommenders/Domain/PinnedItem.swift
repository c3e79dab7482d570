/// An item that has its place in the list whatever the algorithm says of it and whatever the filters are, unless the user rated or
/// dismissed it or the query excludes it by name.
package struct PinnedItem: Hashable, Sendable, Codable {
    package var item: ItemID
    /// Its place, from 1, within `RecommendationQuery.countRange`; behind the end of the list is its last place. Where two want
    /// one place, the later one in the query gets the next that is free.
    package var rank: Int

    package init(_ item: ItemID, rank: Int) {
        self.item = item
        self.rank = rank
    }
}
