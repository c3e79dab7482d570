/// What is recommended: one entry per item index, in the rating matrix's order. Kept in columns, so that it can lie in a mapped file.
package struct Catalogue: Sendable {
    /// What one item is called, in the singular: "movie", "artist", "product".
    package let itemKind: String
    /// Every genre that an entry has, sorted.
    package let genres: [String]
    let titles: TextTable
    /// `Int32.min` where the year is not known.
    let years: FlatArray<Int32>
    /// The genres of item `i` are those of `genreIndices[genreStarts[i] ..< genreStarts[i + 1]]`.
    let genreStarts: FlatArray<Int>
    let genreIndices: FlatArray<UInt32>
    /// Of links likewise, by the name of the other catalogue.
    let linkNames: [String]
    let linkStarts: FlatArray<Int>
    let linkNameIndices: FlatArray<UInt32>
    let linkTexts: TextTable

    /// Parts that are known to fit each other.
    init(
        itemKind: String, titles: TextTable, years: FlatArray<Int32>, genres: [String], genreStarts: FlatArray<Int>,
        genreIndices: FlatArray<UInt32>, linkNames: [String], linkStarts: FlatArray<Int>, linkNameIndices: FlatArray<UInt32>,
        linkTexts: TextTable
    ) {
        self.itemKind = itemKind
        self.titles = titles
        self.years = years
        self.genres = genres
        self.genreStarts = genreStarts
        self.genreIndices = genreIndices
        self.linkNames = linkNames
        self.linkStarts = linkStarts
        self.linkNameIndices = linkNameIndices
        self.linkTexts = linkTexts
    }

    package init(itemKind: String, entries: [CatalogueEntry]) {
        let genres = Set(entries.flatMap(\.genres)).sorted()
        let genreNumbers = Dictionary(uniqueKeysWithValues: genres.enumerated().map { ($1, UInt32($0)) })
        // In order of name, so that the same entries always give the same bytes.
        let links = entries.map { entry in entry.links.sorted { $0.key < $1.key } }
        let linkNames = Set(links.joined().map(\.key)).sorted()
        let linkNumbers = Dictionary(uniqueKeysWithValues: linkNames.enumerated().map { ($1, UInt32($0)) })
        self.init(
            itemKind: itemKind, titles: TextTable(entries.map(\.title)),
            years: FlatArray(entries.map { $0.year.flatMap(Int32.init(exactly:)) ?? .min }), genres: genres,
            genreStarts: Self.starts(of: entries.map(\.genres.count)),
            genreIndices: FlatArray(entries.flatMap { $0.genres.compactMap { genreNumbers[$0] } }), linkNames: linkNames,
            linkStarts: Self.starts(of: links.map(\.count)),
            linkNameIndices: FlatArray(links.joined().compactMap { linkNumbers[$0.key] }),
            linkTexts: TextTable(links.joined().map(\.value)))
    }

    private static func starts(of counts: [Int]) -> FlatArray<Int> {
        FlatArray(counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) })
    }

    package var entries: CatalogueEntries { CatalogueEntries(catalogue: self) }

    /// The places in `genres` of an item's genres, in the entry's order; none of items behind the last.
    func genreNumbers(of item: Int) -> FlatArray<UInt32> {
        item < titles.count ? genreIndices.part(genreStarts[item]..<genreStarts[item + 1]) : []
    }
}

/// A catalogue's entries, each made when it is asked for.
package struct CatalogueEntries: RandomAccessCollection, Sendable {
    let catalogue: Catalogue

    package var startIndex: Int { 0 }
    package var endIndex: Int { catalogue.titles.count }

    package subscript(item: Int) -> CatalogueEntry {
        let year = catalogue.years[item]
        var entry = CatalogueEntry(title: catalogue.titles[item], year: year == .min ? nil : Int(year))
        entry.genres = catalogue.genreNumbers(of: item).map { catalogue.genres[Int($0)] }
        for link in catalogue.linkStarts[item]..<catalogue.linkStarts[item + 1] {
            entry.links[catalogue.linkNames[Int(catalogue.linkNameIndices[link])]] = catalogue.linkTexts[link]
        }
        return entry
    }
}

extension Catalogue: Equatable {
    package static func == (left: Catalogue, right: Catalogue) -> Bool {
        left.itemKind == right.itemKind && left.entries.elementsEqual(right.entries)
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
