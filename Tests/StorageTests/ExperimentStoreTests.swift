import Experiments
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct ExperimentStoreTests {
    private static let day = Duration.seconds(24 * 3600)
    /// The start of the next day: Redis forgets by its own clock, and must not before the tests are over.
    private let start = Timestamp(milliseconds: (Timestamp.now.milliseconds / 86_400_000 + 1) * 86_400_000)
    private let items = ["1", "2", "3"].map { ItemID(checked: $0) }

    /// Of which no other test knows.
    private func experiment(window days: Int = 7) -> Experiment {
        Experiment(
            name: "t-" + JobID.random().rawValue, start: start + .seconds(-10 * 24 * 3600), end: start + .seconds(30 * 24 * 3600),
            window: .seconds(days * 24 * 3600),
            variants: [ExperimentVariant(name: "a", share: 0.5), ExperimentVariant(name: "b", share: 0.5)])
    }

    private func assignment(_ variant: String, in experiment: Experiment) -> (Experiment, VariantAssignment) {
        (experiment, VariantAssignment(experiment: experiment.name, variant: variant, phase: experiment.phase))
    }

    private func number(
        _ quantity: ExperimentCounts.Quantity, of variant: String, day: Int64 = 0, in experiment: Experiment,
        _ store: any ExperimentStore
    ) async throws -> Int64 {
        let field = ExperimentCounts.Field(
            period: experiment.period(of: start) + day, variant: variant, quantity: quantity)
        return try await store.counts(of: experiment).numbers[field] ?? 0
    }

    @Test(arguments: Backend.available) func aUserCountsOnceAndOnceADay(_ backend: Backend) async throws {
        try await backend.withExperiments { store in
            let (experiment, user) = (experiment(), try someUser())
            for moment in [start, start + .seconds(5), start + Self.day, start + Self.day + .seconds(9)] {
                try await store.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: moment)
            }
            try await store.countExposure(of: items, to: someUser(), in: [assignment("b", in: experiment)], at: start)
            #expect(try await number(.users, of: "a", in: experiment, store) == 1)
            #expect(try await number(.exposures, of: "a", in: experiment, store) == 1)
            #expect(try await number(.users, of: "a", day: 1, in: experiment, store) == 0)
            #expect(try await number(.exposures, of: "a", day: 1, in: experiment, store) == 1)
            #expect(try await number(.users, of: "b", in: experiment, store) == 1)
        }
    }

    @Test(arguments: Backend.available) func anOutcomeCountsOnceForAnItemThatWasShownBefore(_ backend: Backend) async throws {
        try await backend.withExperiments { store in
            let (experiment, user) = (experiment(), try someUser())
            let shownAt = start + .seconds(100)
            try await store.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: shownAt)
            let later = shownAt + .seconds(3)
            let outcomes = [
                ObservedOutcome(.ratings, items[0], at: later), ObservedOutcome(.ratings, items[0], at: later),
                ObservedOutcome(.ratings, items[1], at: later), ObservedOutcome(.clicks, items[0], at: later),
                ObservedOutcome(.dislikes, items[2], at: later), ObservedOutcome(.likes, items[2], at: later),
                ObservedOutcome(.dwell, items[0], amount: 40, at: later), ObservedOutcome(.dwell, items[1], amount: 2, at: later),
                // Not shown, and before it was shown.
                ObservedOutcome(.ratings, ItemID(checked: "9"), at: later),
                ObservedOutcome(.ratings, items[2], at: shownAt + .seconds(-1)),
            ]
            for _ in 0..<2 { try await store.countOutcomes(outcomes, of: user, in: [experiment]) }
            try await store.countOutcomes(outcomes, of: someUser(), in: [experiment])
            let expected: [(ExperimentCounts.Quantity, Int64)] = [
                (.sum(.ratings), 2), (.squares(.ratings), 4), (.sum(.clicks), 1), (.squares(.clicks), 1), (.sum(.dislikes), 1),
                (.sum(.likes), 1), (.sum(.dwell), 42), (.squares(.dwell), 42 * 42),
            ]
            for (quantity, count) in expected {
                #expect(try await number(quantity, of: "a", in: experiment, store) == count, "\(quantity)")
            }
        }
    }

    @Test(arguments: Backend.available) func aUserIsObservedForTheWindow(_ backend: Backend) async throws {
        try await backend.withExperiments { store in
            let (experiment, user) = (experiment(window: 2), try someUser())
            try await store.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: start)
            let end = start + experiment.window
            for (item, moment) in [(items[0], end + .milliseconds(-1)), (items[1], end)] {
                try await store.countOutcomes([ObservedOutcome(.ratings, item, at: moment)], of: user, in: [experiment])
            }
            // Under the day of the first list.
            #expect(try await number(.sum(.ratings), of: "a", in: experiment, store) == 1)
            #expect(try await number(.sum(.ratings), of: "a", day: 1, in: experiment, store) == 0)
        }
    }

    @Test(arguments: Backend.available) func theVariantOfTheFirstListStays(_ backend: Backend) async throws {
        try await backend.withExperiments { store in
            let (experiment, user) = (experiment(), try someUser())
            try await store.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: start)
            try await store.countExposure(of: items, to: user, in: [assignment("b", in: experiment)], at: start + Self.day)
            try await store.countOutcomes(
                [ObservedOutcome(.ratings, items[0], at: start + Self.day)], of: user, in: [experiment])
            #expect(try await number(.users, of: "b", day: 1, in: experiment, store) == 0)
            #expect(try await number(.exposures, of: "a", day: 1, in: experiment, store) == 1)
            #expect(try await number(.sum(.ratings), of: "a", in: experiment, store) == 1)
        }
    }

    @Test(arguments: Backend.available) func experimentsCountForThemselves(_ backend: Backend) async throws {
        try await backend.withExperiments { store in
            let (one, other, user) = (experiment(), experiment(), try someUser())
            try await store.countExposure(
                of: items, to: user, in: [assignment("a", in: one), assignment("b", in: other)], at: start)
            try await store.countOutcomes(
                [ObservedOutcome(.ratings, items[0], at: start + .seconds(1))], of: user, in: [one, other])
            #expect(try await number(.sum(.ratings), of: "a", in: one, store) == 1)
            #expect(try await number(.sum(.ratings), of: "b", in: other, store) == 1)
            #expect(try await store.counts(of: one).numbers.keys.allSatisfy { $0.variant == "a" })
        }
    }

    /// The sums of Redis' script against those of plain Swift.
    @Test(.enabled(if: Backend.redisPort != nil), arguments: 0..<5)
    func redisCountsWhatMemoryCounts(seed: UInt64) async throws {
        let experiments = [experiment(window: 1), experiment(window: 3)]
        let users = try (0..<6).map { _ in try someUser() }
        let memory = InMemoryExperiments()
        try await Backend.redis.withExperiments { redis in
            for store in [memory, redis] as [any ExperimentStore] {
                var generator = SeededGenerator(seed: seed)
                var moment = start
                for _ in 0..<200 {
                    moment = moment + .seconds(Int.random(in: 0...3000, using: &generator))
                    let user = users.randomElement(using: &generator) ?? users[0]
                    let item = ItemID(checked: "\(Int.random(in: 0...5, using: &generator))")
                    let variant = Bool.random(using: &generator) ? "a" : "b"
                    if Int.random(in: 0...3, using: &generator) == 0 {
                        try await store.countExposure(
                            of: [item], to: user, in: experiments.map { assignment(variant, in: $0) }, at: moment)
                    } else {
                        let kind = Outcome.allCases.randomElement(using: &generator) ?? .clicks
                        let amount = kind == .dwell ? Int.random(in: 1...60_000, using: &generator) : 1
                        try await store.countOutcomes(
                            [ObservedOutcome(kind, item, amount: amount, at: moment)], of: user, in: experiments)
                    }
                }
            }
            for experiment in experiments {
                let counts = try await memory.counts(of: experiment)
                #expect(counts.numbers.count > 6)
                #expect(try await redis.counts(of: experiment) == counts)
            }
        }
    }

    @Test(.enabled(if: Backend.redisPort != nil)) func allOfItEnds() async throws {
        let storage = RedisStorage(.test(port: Backend.redisPort ?? 0), logger: .silent)
        let (experiment, user) = (experiment(window: 2), try someUser())
        try await storage.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: .now)
        try await storage.countOutcomes([ObservedOutcome(.ratings, items[0], at: .now)], of: user, in: [experiment])
        let observationEnd = experiment.end + experiment.window
        let ends: [(RedisKey, Timestamp)] = [
            (.participation(of: user), observationEnd), (.exposures(of: user), .now + experiment.window),
            (.counts(of: experiment), observationEnd + ExperimentLimits.reportTime),
        ]
        for (key, end) in ends {
            guard case .integer(let left) = try await storage.data.send(["PTTL", RedisArgument(key)]) else {
                Issue.record("no time to live")
                continue
            }
            #expect(abs(Timestamp.now.milliseconds + left - end.milliseconds) < 60_000, "\(key.text)")
        }
        await storage.close()
    }

    @Test(.enabled(if: Backend.redisPort != nil)) func noMoreItemsAreKeptThanThereMayBe() async throws {
        let storage = RedisStorage(.test(port: Backend.redisPort ?? 0), logger: .silent)
        let (experiment, user) = (experiment(), try someUser())
        for start in stride(from: 0, to: 1200, by: 100) {
            let items = (start..<start + 100).map { ItemID(checked: "i\($0)") }
            try await storage.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: .now)
        }
        let count = try await storage.data.send(["HLEN", RedisArgument(.exposures(of: user))])
        #expect(count == .integer(Int64(ExperimentLimits.maximumItems)))
        await storage.close()
    }

    @Test(.enabled(if: Backend.redisPort != nil)) func nothingIsKeptOfWhoWasRemoved() async throws {
        let storage = RedisStorage(.test(port: Backend.redisPort ?? 0), logger: .silent)
        let (experiment, user) = (experiment(), try someUser())
        try await storage.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: .now)
        try await storage.removeProfile(of: user)
        try await storage.countExposure(of: items, to: user, in: [assignment("a", in: experiment)], at: .now)
        for key in [RedisKey.participation(of: user), .exposures(of: user)] {
            #expect(try await storage.data.send(["EXISTS", RedisArgument(key)]) == .integer(0))
        }
        await storage.close()
    }

    @Test func listsOfExperimentsReadAsTheyAreWritten() throws {
        var list = try list(["1", "2"], seen: .at(5))
        for experiments in [[], [VariantAssignment(experiment: "e", variant: "v", phase: "0123456789abcdef")]] {
            list.experiments = experiments
            var writer = CompactWriter(prefix: "", capacity: 64)
            list.write(to: &writer)
            #expect(String(decoding: writer.bytes, as: UTF8.self).hasPrefix(experiments.isEmpty ? "[1," : "[2,"))
            var reader = CompactReader(writer.bytes[...], from: 0)
            #expect(try StoredList(reading: &reader) == list)
        }
    }
}

extension Backend {
    fileprivate func withExperiments(_ body: (any ExperimentStore) async throws -> Void) async throws {
        switch self {
        case .inMemory: try await body(InMemoryExperiments())
        case .redis, .twoRedis: try await withStores { try await body(try #require($0 as? any ExperimentStore)) }
        }
    }
}
