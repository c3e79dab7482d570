/// A made-up data set with taste in it, for trying things out and for tests: people who love two or three genres, films of one to
/// three genres, half-star ratings that follow from both, and a few films that nearly everybody knows.
///
/// Drawn with whole numbers only, so that the same seed gives the same bytes on every machine.
package struct SampleDataset: Sendable {
    package static let defaultSeed: UInt64 = 1

    struct Rating {
        let user: Int
        let item: Int
        let code: UInt8
        /// Seconds since 1970, ascending.
        let time: Int64
    }

    /// The genres that each user loves, by user index; their ids count from 1.
    package let lovedGenres: [[String]]
    /// By item index; their ids count from 1.
    let entries: [CatalogueEntry]
    /// By user, in the order in which they were given.
    let ratings: [Rating]

    init(lovedGenres: [[String]], entries: [CatalogueEntry], ratings: [Rating]) {
        self.lovedGenres = lovedGenres
        self.entries = entries
        self.ratings = ratings
    }

    /// - Precondition: at least one user and 60 items.
    package init(seed: UInt64 = defaultSeed, users: Int = 300, items: Int = 400) {
        precondition(users > 0 && items >= 60)
        var generator = SplitMix64(seed: seed)
        let entries = Self.entries(count: items, using: &generator)
        self.entries = entries
        let people = (0..<users).map { _ in SampleTaste(using: &generator) }
        lovedGenres = people.map(\.loved)

        var renown = Array(0..<items)
        generator.shuffle(&renown)
        let qualities = (0..<items).map { _ in generator.nextAround0(reach: 3000) }
        var ratings: [Rating] = []
        var time: Int64 = 1_420_070_400
        for (user, taste) in people.enumerated() {
            // The n-th best known film is drawn with weight 1 / (n + 5), four times as often where it is of a loved genre.
            let weights = (0..<items).map { 1_000_000 / (renown[$0] + 5) * (taste.loves(entries[$0]) ? 4 : 1) }
            let count = 15 + generator.next(in: 0..<min(11, items / 12)) * generator.next(in: 0..<min(11, items / 12))
            let drawn = Self.draw(min(count, items / 2), weights: weights, using: &generator)
            for item in Self.sittings(of: drawn, entries, using: &generator) {
                let liking = 6500 + taste.liking(of: entries[item]) + qualities[item] + generator.nextAround0(reach: 2500)
                time += Int64(generator.next(in: 20..<3600))
                ratings.append(Rating(user: user, item: item, code: UInt8(min(max((liking + 500) / 1000, 1), 10)), time: time))
            }
        }
        self.ratings = ratings
    }

    static func entries(count: Int, using generator: inout SplitMix64) -> [CatalogueEntry] {
        var titles = SampleTitles()
        return (0..<count).map { _ in
            var genres = SampleTitles.genres
            generator.shuffle(&genres)
            genres = Array(genres.prefix(1 + generator.next(in: 0..<3)))
            let title = titles.next(genre: genres[0], using: &generator)
            return CatalogueEntry(title: title, year: 1950 + generator.next(in: 0..<75), genres: genres.sorted())
        }
    }

    /// One genre after the other, since what people rate in one sitting belongs together.
    private static func sittings(
        of items: [Int], _ entries: [CatalogueEntry], using generator: inout SplitMix64
    ) -> [Int] {
        var genres = SampleTitles.genres
        generator.shuffle(&genres)
        return genres.flatMap { genre in items.filter { entries[$0].genres.first == genre } }
    }

    /// `count` different items, in the order of drawing.
    static func draw(_ count: Int, weights: [Int], using generator: inout SplitMix64) -> [Int] {
        var weights = weights
        var total = weights.reduce(0, +)
        return (0..<count).map { _ in
            var ticket = generator.next(in: 0..<total)
            var item = 0
            while ticket >= weights[item] {
                ticket -= weights[item]
                item += 1
            }
            total -= weights[item]
            weights[item] = 0
            return item
        }
    }
}
