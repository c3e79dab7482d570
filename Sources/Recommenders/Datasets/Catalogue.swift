/// What is recommended: one entry per item index, in the rating matrix's order.
package struct Catalogue: Sendable, Equatable {
    /// What one item is called, in the singular: "movie", "artist", "product".
    package let itemKind: String
    package let entries: [CatalogueEntry]
    /// Every genre that an entry has, sorted.
    package let genres: [String]

    package init(itemKind: String, entries: [CatalogueEntry]) {
        self.itemKind = itemKind
        self.entries = entries
        self.genres = Set(entries.flatMap(\.genres)).sorted()
    }
}

/// What is known of one item besides its ratings.
package struct CatalogueEntry: Sendable, Hashable {
    package var title: String
    package var year: Int?
    package var genres: [String]
    /// Names of the item elsewhere, by catalogue: "imdb" and "tmdb" for films.
    package var links: [String: String]

    package init(title: String, year: Int? = nil, genres: [String] = [], links: [String: String] = [:]) {
        self.title = title
        self.year = year
        self.genres = genres
        self.links = links
    }
}
