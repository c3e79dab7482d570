import Recommenders

/// Lays ratings over a file, and times lists with them and without, user by user in turns, so that whatever else the machine does meets both alike.
struct LiveBenchmark {
    private static let batchLength = 10_000

    let library: ModelLibrary
    /// How many words are laid over it.
    let words: Int
    /// How many users are asked for.
    let count: Int
    let seed: UInt64

    struct Outcome {
        var size = LiveSize()
        var applySeconds = 0.0
        var queries: [(algorithm: Algorithm, without: Latencies, with: Latencies)] = []
    }

    func run(_ algorithms: [Algorithm]) throws -> Outcome {
        var outcome = Outcome()
        let live = LiveRatings(over: library.dataset, limits: LiveLimits(ratings: words))
        let engines = [RecommendationEngine(library), RecommendationEngine(library, live: live)]
        let said = LiveRatingsSample(dataset: library.dataset, count: words, seed: seed).words
        let clock = ContinuousClock()
        let duration = clock.measure {
            for start in stride(from: 0, to: said.count, by: Self.batchLength) {
                live.apply(Array(said[start..<min(start + Self.batchLength, said.count)]))
            }
        }
        outcome.applySeconds = duration / .seconds(1)
        outcome.size = live.size
        var generator = SplitMix64(seed: seed)
        let users = (0..<count).map { _ in library.dataset.users[UInt32(generator.next(in: 0..<library.dataset.users.count))] }
        let profiles = users.map { user in engines.map { $0.profile(of: user, overlaidWith: LiveProfile()) } }
        for algorithm in algorithms {
            let query = RecommendationQuery(count: 20, algorithm: algorithm)
            var durations: [[Duration]] = [[], []]
            for (number, profiles) in profiles.enumerated() {
                for turn in 0...1 {
                    let which = (number + turn) % 2
                    let duration = try clock.measure { _ = try engines[which].recommend(for: profiles[which], query: query) }
                    // The first calls allocate their working memory.
                    if number >= 20 || count <= 20 { durations[which].append(duration) }
                }
            }
            outcome.queries.append((algorithm, Latencies(durations[0]), Latencies(durations[1])))
        }
        return outcome
    }
}

extension LiveBenchmark.Outcome {
    var lines: [String] {
        var table = Table(
            columns: [.init(title: "algorithm")]
                + ["p50 ms without", "with", "p99 ms without", "with"].map { Table.Column(title: $0, isRightAligned: true) })
        for query in queries {
            let times = [0.5, 0.99].flatMap { [query.without.percentile($0), query.with.percentile($0)] }
            table.add([query.algorithm.rawValue] + times.map { $0.rounded(toDigits: 3) })
        }
        let rate = Int(Double(size.ratings) / max(applySeconds, 1e-9))
        return [
            "Live ratings: \(size.ratings.grouped) of \(size.users.grouped) users, laid over the file at \(rate.grouped) a second; "
                + "\((size.bytes + (1 << 19)) >> 20) MiB",
            table.text,
        ]
    }

    var json: JSON {
        [
            "ratings": .integer(size.ratings), "users": .integer(size.users), "applySeconds": .number(applySeconds),
            "bytes": .integer(size.bytes),
            "queries": .object(
                queries.map { query in
                    JSON.Member(name: query.algorithm.rawValue, value: ["without": query.without.json, "with": query.with.json])
                }),
        ]
    }
}
