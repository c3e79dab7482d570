extension SampleDataset {
    /// A data set in which what is known soon no longer holds: films come out all the time and are watched most when they are new, genres come
    /// into fashion and go out of it, people arrive all the time, come back again and again, and half-way come to love other genres.
    ///
    /// Two years in 200 steps of 3.65 days. Drawn with whole numbers only, like the one that stays as it is.
    ///
    /// - Precondition: at least one user and 60 items.
    package init(driftingWithSeed seed: UInt64, users: Int, items: Int) {
        precondition(users > 0 && items >= 60)
        var generator = SplitMix64(seed: seed)
        let entries = Self.entries(count: items, using: &generator)
        let world = DriftingWorld(entries: entries, using: &generator)
        var people: [(arrival: Int, tastes: [SampleTaste])] = []
        for _ in 0..<users {
            let arrival = generator.next(in: 0..<DriftingWorld.steps * 9 / 10)
            people.append((arrival, [SampleTaste(using: &generator), SampleTaste(using: &generator)]))
        }
        var ratings: [Rating] = []
        for (user, person) in people.enumerated() {
            var unseen = [Bool](repeating: true, count: items)
            let total = 15 + generator.next(in: 0..<11) * generator.next(in: 0..<11)
            let sittings = (total + 9) / 10
            var step = person.arrival
            for sitting in 0..<sittings where step < DriftingWorld.steps {
                let taste = person.tastes[2 * sitting < sittings ? 0 : 1]
                let weights = (0..<items).map { unseen[$0] ? world.weight(of: $0, at: step, for: taste) : 0 }
                let isWatchable = weights.count { $0 > 0 }
                let drawn = Self.draw(min(10, total - 10 * sitting, isWatchable), weights: weights, using: &generator)
                var time = DriftingWorld.start + Int64(step) * DriftingWorld.secondsPerStep
                time += Int64(generator.next(in: 0..<Int(DriftingWorld.secondsPerStep) / 2))
                for item in drawn {
                    unseen[item] = false
                    time += Int64(generator.next(in: 20..<3600))
                    let liking = 6500 + taste.liking(of: entries[item]) + world.qualities[item]
                    let code = (liking + generator.nextAround0(reach: 2500) + 500) / 1000
                    ratings.append(Rating(user: user, item: item, code: UInt8(min(max(code, 1), 10)), time: time))
                }
                step += 1 + generator.next(in: 0..<20)
            }
        }
        self.init(lovedGenres: people.map(\.tastes[0].loved), entries: entries, ratings: ratings)
    }
}

/// What is there to be watched, and what is talked about.
private struct DriftingWorld {
    static let steps = 200
    static let secondsPerStep: Int64 = 315_360
    static let start: Int64 = 1_420_070_400
    private static let stepsPerFashion = 25
    /// After so many steps a film is watched half as much, up to four times over.
    private static let halfLife = 20

    let entries: [CatalogueEntry]
    let qualities: [Int]
    private let renown: [Int]
    /// By item; below 0 for what was there before.
    private let releases: [Int]
    /// By period: the genres in fashion.
    private let fashions: [[String]]

    /// A third of the films are there at the start.
    init(entries: [CatalogueEntry], using generator: inout SplitMix64) {
        self.entries = entries
        var renown = Array(entries.indices)
        generator.shuffle(&renown)
        self.renown = renown
        qualities = entries.map { _ in generator.nextAround0(reach: 3000) }
        releases = entries.map { _ in
            generator.next(in: 0..<3) == 0 ? -generator.next(in: 0..<Self.steps) : generator.next(in: 0..<Self.steps)
        }
        fashions = (0...Self.steps / Self.stepsPerFashion).map { _ in
            var genres = SampleTitles.genres
            generator.shuffle(&genres)
            return Array(genres.prefix(2))
        }
    }

    func weight(of item: Int, at step: Int, for taste: SampleTaste) -> Int {
        guard releases[item] <= step else { return 0 }
        let age = min((step - releases[item]) / Self.halfLife, 4)
        let isInFashion = entries[item].genres.contains { fashions[step / Self.stepsPerFashion].contains($0) }
        return (16_000_000 / (renown[item] + 5) >> age) * (taste.loves(entries[item]) ? 4 : 1) * (isInFashion ? 3 : 1)
    }
}
