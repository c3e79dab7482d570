/// The catalogue's items by genre.
struct GenreIndex: Sendable {
    private let itemCount: Int
    private let items: [String: [UInt32]]

    init(_ catalogue: Catalogue) {
        var lists = [[UInt32]](repeating: [], count: catalogue.genres.count)
        catalogue.genreStarts.withUnsafeBufferPointer { starts in
            catalogue.genreIndices.withUnsafeBufferPointer { genres in
                for item in catalogue.entries.indices {
                    for place in starts[item]..<starts[item + 1] { lists[Int(genres[place])].append(UInt32(item)) }
                }
            }
        }
        // A genre that is named twice, as only forged files have it, is one.
        items = Dictionary(zip(catalogue.genres, lists)) { $0 + $1 }
        itemCount = catalogue.entries.count
    }

    /// - Returns: each of the genre's items once; none where there is no such genre.
    func items(of genre: String) -> [UInt32] { items[genre, default: []] }

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
