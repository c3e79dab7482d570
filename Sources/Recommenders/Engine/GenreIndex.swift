/// The catalogue's items by genre.
struct GenreIndex: Sendable {
    private let itemCount: Int
    private let items: [String: [UInt32]]

    init(_ catalogue: Catalogue) {
        var items: [String: [UInt32]] = [:]
        for item in catalogue.entries.indices {
            for number in catalogue.genreNumbers(of: item) {
                items[catalogue.genres[Int(number)], default: []].append(UInt32(item))
            }
        }
        self.items = items
        itemCount = catalogue.entries.count
    }

    /// Admits the items of at least one of `genres`; names that no item has match nothing.
    ///
    /// - Complexity: O(items).
    func filter(anyOf genres: [String]) -> ItemFilter {
        var filter = ItemFilter(itemCount: itemCount)
        for genre in genres {
            for item in items[genre, default: []] { filter.admit(item) }
        }
        return filter
    }
}
