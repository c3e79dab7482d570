/// What one made-up person thinks of each genre.
struct SampleTaste {
    /// Two or three genres, sorted.
    let loved: [String]
    /// In thousandths of a half star, for every genre.
    private let likings: [String: Int]

    init(using generator: inout SplitMix64) {
        var genres = SampleTitles.genres
        generator.shuffle(&genres)
        let lovedCount = 2 + generator.next(in: 0..<2)
        loved = genres.prefix(lovedCount).sorted()
        var likings: [String: Int] = [:]
        for (place, genre) in genres.enumerated() {
            let base = place < lovedCount ? 2200 : place < lovedCount + 3 ? -2000 : -300
            likings[genre] = base + generator.nextAround0(reach: 600)
        }
        self.likings = likings
    }

    func loves(_ entry: CatalogueEntry) -> Bool {
        entry.genres.contains { loved.contains($0) }
    }

    /// The mean over its genres.
    func liking(of entry: CatalogueEntry) -> Int {
        entry.genres.reduce(0) { $0 + (likings[$1] ?? 0) } / max(entry.genres.count, 1)
    }
}
