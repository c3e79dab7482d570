#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sound files of several kinds, from which the fuzzer starts.
enum SeedFiles {
    static let all: [[UInt8]] = [
        dataset(users: 0, items: 0), dataset(users: 1, items: 1), dataset(users: 4, items: 6), dataset(users: 9, items: 5),
        dataset(users: 30, items: 40), SampleDataset.make(users: 8, items: 60),
    ].map(bytes)

    /// With texts of all kinds, unrated items, and items with and without genres and links.
    private static func dataset(users: Int, items: Int) -> Dataset {
        var generator = SplitMix64(seed: UInt64(users))
        var starts = [0]
        var rowItems: [UInt32] = []
        for _ in 0..<users {
            rowItems += (0..<UInt32(items)).filter { $0 != 3 && generator.next(in: 0..<2) == 0 }
            starts.append(rowItems.count)
        }
        let entries = (0..<items).map { item in
            CatalogueEntry(
                title: ["Ænima", "", "日本 \(item)", "a b"][item % 4], year: item % 3 == 0 ? nil : 1950 + item,
                genres: Array(["Drama", "Ärger"].prefix(item % 3)), links: item % 2 == 0 ? ["imdb": "tt\(item)", "ä": "é"] : [:])
        }
        let ratings = RatingMatrix(
            itemCount: items, rowStarts: starts, items: rowItems,
            rowCodes: rowItems.map { _ in UInt8(generator.next(in: 1..<11)) },
            rowTimes: rowItems.map { _ in UInt32(generator.next(in: 0..<2_000_000_000)) })
        return Dataset(
            name: "seed", scale: .halfStars, users: Vocabulary((0..<users).map { UserID(checked: "ü\($0 * 7 % 31)") }),
            items: Vocabulary((0..<items).map { ItemID(checked: "\($0)") }), ratings: ratings,
            catalogue: Catalogue(itemKind: "film", entries: entries), logOffset: items % 2 == 0 ? nil : -1)
    }

    private static func bytes(_ dataset: Dataset) -> [UInt8] {
        let path = "/tmp/kindred-fuzz-\(getpid()).ratings"
        defer { unlink(path) }
        do {
            try RatingsFileWriter.write(dataset, to: path)
            return try Array(MappedMemory(path: path).bytes)
        } catch {
            fatalError("\(error)")
        }
    }
}
