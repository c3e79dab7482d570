import Recommenders

/// Data sets without sense or reason, for tests that must hold for all.
enum RandomDataset {
    static func matrix(users: Int, items: Int, density: Double, maximumCode: UInt8 = 10, seed: UInt64) -> RatingMatrix {
        var generator = SeededGenerator(seed)
        var starts = [0]
        var rowItems: [UInt32] = []
        var codes: [UInt8] = []
        var times: [UInt32] = []
        for _ in 0..<users {
            for item in 0..<UInt32(items) where Double.random(in: 0..<1, using: &generator) < density {
                rowItems.append(item)
                codes.append(UInt8.random(in: 1...maximumCode, using: &generator))
                // Few different ones, so that some are equal, and the whole range of them.
                times.append(UInt32.random(in: 0...9, using: &generator) * (.max / 9))
            }
            starts.append(rowItems.count)
        }
        return RatingMatrix(itemCount: items, rowStarts: starts, items: rowItems, rowCodes: codes, rowTimes: times)
    }

    static func make(users: Int, items: Int, density: Double, seed: UInt64, logOffset: Int64? = nil) throws -> Dataset {
        var generator = SeededGenerator(seed ^ 0xFEED)
        let words = ["Ænima", "", "日本", "a,b", "\"quoted\"", "e\u{301}", "\u{E9}", "long title with words", "\0", "🎬"]
        let genres = ["Drama", "Comedy", "Sci-Fi", "Ärger"]
        var entries: [CatalogueEntry] = []
        for _ in 0..<items {
            var entry = CatalogueEntry(title: words.shuffled(using: &generator).prefix(3).joined(separator: " "))
            entry.year = Bool.random(using: &generator) ? Int.random(in: 1900..<2030, using: &generator) : nil
            entry.genres = Array(genres.shuffled(using: &generator).prefix(Int.random(in: 0..<4, using: &generator)))
            if Bool.random(using: &generator) { entry.links["imdb"] = "tt\(Int.random(in: 0..<99, using: &generator))" }
            if Bool.random(using: &generator) { entry.links["ämdb"] = words.randomElement(using: &generator) }
            entries.append(entry)
        }
        let matrix = matrix(users: users, items: items, density: density, seed: seed)
        return Dataset(
            name: "random \(seed)", scale: .halfStars,
            users: Vocabulary(try (0..<users).map { try UserID("ü\($0)") }),
            items: Vocabulary(try (0..<items).map { try ItemID("\($0)") }), ratings: matrix,
            catalogue: Catalogue(itemKind: "film", entries: entries), logOffset: logOffset)
    }
}

/// Whether two data sets are equal in everything, texts byte for byte.
func areEqual(_ left: Dataset, _ right: Dataset) -> Bool {
    func texts(_ dataset: Dataset) -> [[UInt8]] {
        let entries = dataset.catalogue.entries
        let texts = [dataset.name, dataset.catalogue.itemKind] + entries.flatMap { [$0.title] + $0.genres }
        let links = entries.flatMap { $0.links.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
        let ids = dataset.users.ids.map(\.rawValue) + dataset.items.ids.map(\.rawValue)
        return (texts + links + ids).map { Array($0.utf8) }
    }
    return texts(left) == texts(right) && left.scale == right.scale && left.ratings == right.ratings
        && left.catalogue == right.catalogue && left.logOffset == right.logOffset
}
