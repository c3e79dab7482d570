import Testing

@testable import Recommenders

@Suite struct CatalogueTests {
    @Test(arguments: 0..<30 as Range<UInt64>) func givesBackItsEntries(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let words = ["Ænima", "", "日本", "e\u{301}", "\u{E9}", "\0", "🎬", "Drama", "imdb"]
        func word() -> String { words.randomElement(using: &generator)! }
        func number() -> Int { Int.random(in: 0..<4, using: &generator) }
        let entries = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
            CatalogueEntry(
                title: word() + word(), year: number() == 0 ? nil : Int.random(in: -3000...3000, using: &generator),
                genres: (0..<number()).map { _ in word() },
                links: Dictionary((0..<number()).map { _ in (word(), word()) }) { first, _ in first })
        }
        let catalogue = Catalogue(itemKind: "film", entries: entries)
        #expect(Array(catalogue.entries) == entries && catalogue.itemKind == "film")
        #expect(catalogue == Catalogue(itemKind: "film", entries: entries))
        #expect(catalogue != Catalogue(itemKind: "book", entries: entries))
        #expect(catalogue.genres == Set(entries.flatMap(\.genres)).sorted())
        for (item, entry) in entries.enumerated() {
            #expect(catalogue.genreNumbers(of: item).map { catalogue.genres[Int($0)] } == entry.genres)
        }
    }

    @Test func forgetsYearsThatAreNone() {
        let years = [Int.min, Int(Int32.min), Int(Int32.min) + 1, Int(Int32.max), Int.max]
        let entries = Catalogue(itemKind: "", entries: years.map { CatalogueEntry(title: "", year: $0) }).entries
        #expect(entries.map(\.year) == [nil, nil, Int(Int32.min) + 1, Int(Int32.max), nil])
    }
}
