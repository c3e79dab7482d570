import Testing

@testable import Recommenders

@Suite struct CatalogueIndexTests {
    static let titles: [(String, Int?, [String])] = [
        ("Matrix, The", 1999, ["Action", "Sci-Fi"]),
        ("Amélie (Fabuleux destin d'Amélie Poulain, Le)", 2001, ["Comedy"]),
        ("Bug's Life, A", 1998, ["Animation", "Comedy"]),
        ("Spider-Man", 2002, ["Action"]),
        ("Matrix Reloaded, The", 2003, ["Action", "Sci-Fi"]),
        ("1999", nil, []),
        ("Straße nach Ærø", 1950, ["Drama"]),
        ("東京物語", 1953, ["Drama"]),
    ]

    /// Item 4 has three ratings, item 0 and 3 two each, item 5 one, the others none.
    static let index: CatalogueIndex = {
        let rows: [[UInt32]] = [[0, 3, 4], [0, 3, 4], [4, 5]]
        let ratings = RatingMatrix(
            itemCount: titles.count, rowStarts: [0, 3, 6, 8], items: rows.flatMap { $0 }, rowCodes: [10, 1, 2, 9, 1, 3, 5, 8])
        let entries = titles.map { CatalogueEntry(title: $0.0, year: $0.1, genres: $0.2) }
        return CatalogueIndex(
            Dataset(
                name: "", scale: .halfStars, users: Vocabulary((0..<3).compactMap { try? UserID("\($0)") }),
                items: Vocabulary(titles.indices.compactMap { try? ItemID("\($0)") }), ratings: ratings,
                catalogue: Catalogue(itemKind: "movie", entries: entries)))
    }()
    var index: CatalogueIndex { Self.index }

    @Test(
        arguments: [
            ("matr", [4, 0]), ("MATRIX", [4, 0]), ("the matrix", [4, 0]), ("matrix rel", [4]), ("atrix", []),
            ("amelie", [1]), ("AMÉLIE pou", [1]), ("ame\u{301}lie", [1]), ("damelie", [1]), ("bugs", [2]), ("bug's", [2]),
            ("bug’s", [2]),
            ("spider-man", [3]), ("spiderman", [3]), ("man", [3]), ("1999", [0, 5]), ("matrix 1999", [0]),
            ("19", [0, 5, 2, 6, 7]),
            ("strasse", [6]), ("aero", [6]), ("ærø", [6]), ("東京", [7]), ("matrix matrix", [4, 0]), ("zzz", []), ("!", []),
            ("---", []),
        ] as [(String, [UInt32])]) func findsByTheBeginningsOfWords(text: String, items: [UInt32])
    {
        let page = index.search(text)
        #expect(page.items == items && page.total == items.count)
    }

    @Test(arguments: ["", "  ", "\n"]) func findsAllWithoutText(text: String) {
        #expect(index.search(text).items == [4, 0, 3, 5, 1, 2, 6, 7])
    }

    @Test(
        arguments: [
            ("Comedy", [1, 2]), ("comedy", [1, 2]), ("sci-fi", [4, 0]), ("Sci", []), ("Western", []), ("", []),
        ] as [(String, [UInt32])]) func findsByWholeGenres(genre: String, items: [UInt32])
    {
        #expect(index.search(genre: genre).items == items)
    }

    @Test func joinsTextAndGenre() {
        #expect(index.search("the", genre: "Sci-Fi").items == [4, 0])
        #expect(index.search("a", genre: "Animation").items == [2])
        #expect(index.search("matrix", genre: "Comedy").total == 0)
    }

    @Test(arguments: [(0, 3), (2, 3), (6, 3), (8, 3), (100, 3), (-5, 2), (0, 0), (3, -1), (.max, .max)])
    func pages(offset: Int, limit: Int) {
        let all: [UInt32] = [4, 0, 3, 5, 1, 2, 6, 7]
        let page = index.search(offset: offset, limit: limit)
        #expect(page.items == Array(all.dropFirst(max(offset, 0)).prefix(max(limit, 0))) && page.total == 8)
    }

    @Test func knowsCountAndMean() {
        #expect(index.statistics(of: 0) == ItemStatistics(ratingCount: 2, meanRating: 4.75))
        #expect(index.statistics(of: 4) == ItemStatistics(ratingCount: 3, meanRating: 0.5 + (10.0 / 3 - 1) * 0.5))
        #expect(index.statistics(of: 1) == ItemStatistics(ratingCount: 0, meanRating: nil))
    }

    @Test func readsOnlyTheFirstWordsOfALongText() {
        let text = String(repeating: "matrix ", count: 300)
        #expect(index.search(text).items == [4, 0])
        #expect(index.search(text + "spider").items == [4, 0])
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func agreesWithLookingAtEveryTitle(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let dataset = try RandomDataset.make(users: 5, items: 50, density: 0.2, seed: seed)
        let index = CatalogueIndex(dataset)
        for _ in 0..<20 {
            let query = ["q", "æn", "a", "lo", "日", "with", "e", "1", "19", "20"].randomElement(using: &generator) ?? "a"
            let folded = FoldedWords(query).words[0]
            let expected = (0..<UInt32(50)).filter { item in
                let entry = dataset.catalogue.entries[Int(item)]
                return (FoldedWords(entry.title).words + [entry.year.map(String.init) ?? ""]).contains { $0.hasPrefix(folded) }
            }.sorted { (-dataset.ratings.column(Int($0)).count, $0) < (-dataset.ratings.column(Int($1)).count, $1) }
            #expect(index.search(query, limit: 100) == CataloguePage(items: expected, total: expected.count))
        }
    }
}
