import Testing

@testable import Recommenders

/// A list made with live ratings laid over a file is the one that is made with the file rebuilt from both, to the last bit.
@Suite struct LiveEngineTests {
    private static let queries: [RecommendationQuery] =
        Similarity.allCases.flatMap { similarity in
            [Algorithm.userNeighbors, .classic].map { RecommendationQuery(count: 30, algorithm: $0, similarity: similarity) }
        } + [
            RecommendationQuery(count: 100, algorithm: .popularity), RecommendationQuery(count: 12, algorithm: .blend),
            RecommendationQuery(count: 9, algorithm: .userNeighbors, neighbours: 3, genres: ["Drama", "Crime"]),
            RecommendationQuery(count: 9, algorithm: .popularity, genres: ["Comedy"]),
        ]

    private static func library(_ dataset: Dataset, _ parameters: UserNeighborParameters?) -> ModelLibrary {
        var models = [ModelParameters.blend(BlendParameters(weights: [.userNeighbors: 0.7, .popularity: 0.3]))]
        if let parameters { models.append(.userNeighbors(parameters)) }
        return ModelLibrary(
            dataset: dataset,
            models: models.map { TrainedModel(parameters: $0, content: .parametersOnly, itemsFingerprint: 0) })
    }

    private static let parameters: [UserNeighborParameters?] = [
        nil,
        UserNeighborParameters(
            similarity: .cosine, neighbours: 7, minimumOverlap: 2, shrinkage: 4, latest: 5, recency: Recency(halfLife: 2),
            lengthExponent: 0.3, order: .agreement(similarityPower: 2), succession: Succession(range: 3, boost: 4),
            popularityExponent: 0.6),
        UserNeighborParameters(
            similarity: .jaccard, neighbours: 9, candidates: 20, order: .match(leastShare: 0.2)),
        UserNeighborParameters(
            similarity: .pearson, neighbours: 50, candidates: 11, order: .agreement(similarityPower: 1),
            succession: Succession(range: 10, boost: 25), popularityExponent: 1),
    ]

    @Test(arguments: 0..<16 as Range<UInt64>) func answersAsARebuiltFileDoes(seed: UInt64) throws {
        let sample = try LiveSample(seed: seed, isFile: seed % 2 == 0, hasTimes: seed % 8 < 6)
        let parameters = Self.parameters[Int(seed / 2) % Self.parameters.count]
        let rebuilt = RecommendationEngine(Self.library(sample.rebuilt, parameters))
        let live = RecommendationEngine(Self.library(sample.base, parameters), live: sample.live(seed: seed))
        var generator = SeededGenerator(seed)
        var newItems = 0
        for user in sample.everybody.shuffled(using: &generator).prefix(12) {
            // Some say more than the log has, or come without what they said.
            let said = Bool.random(using: &generator) ? sample.said(by: user) : LiveProfile()
            let profiles = [live, rebuilt].map { $0.profile(of: user, overlaidWith: said) }
            #expect(profiles[0].codes == profiles[1].codes && profiles[0].times == profiles[1].times)
            #expect(profiles[0].dismissed.count == profiles[1].dismissed.count)
            for query in Self.queries {
                let list = try live.recommend(for: profiles[0], query: query)
                #expect(try list == rebuilt.recommend(for: profiles[1], query: query), "\(user) \(query)")
                newItems += list.items.count { sample.base.items.index(of: $0.item) == nil }
            }
        }
        #expect(newItems > 0)
    }

    /// So large that users fill several pages, with with many words on each.
    @Test(arguments: 50..<52 as Range<UInt64>) func answersSoOnALargerFile(seed: UInt64) throws {
        let sample = try LiveSample(seed: seed, users: 1500, items: 700, density: 0.03, words: 6000, isFile: true)
        let rebuilt = RecommendationEngine(dataset: sample.rebuilt)
        let live = RecommendationEngine(dataset: sample.base, live: sample.live(seed: seed))
        var generator = SeededGenerator(seed)
        for user in sample.everybody.shuffled(using: &generator).prefix(6) {
            let profiles = [live, rebuilt].map { $0.profile(of: user, overlaidWith: LiveProfile()) }
            for query in Self.queries where query.algorithm != .blend {
                let lists = try zip([live, rebuilt], profiles).map { try $0.recommend(for: $1, query: query) }
                #expect(lists[0] == lists[1], "\(user) \(query)")
            }
        }
    }

    /// Word by word, with queries in between, so that working memory outlives many states.
    @Test func answersSoAfterEveryBatch() throws {
        let sample = try LiveSample(seed: 7, words: 120, isFile: true)
        let overlay = LiveRatings(over: sample.base)
        let live = RecommendationEngine(dataset: sample.base, live: overlay)
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(7)
        var compacted = 0
        while compacted < sample.words.count {
            let end = min(sample.words.count, compacted + Int.random(in: 1...9, using: &generator))
            overlay.apply(Array(sample.words[compacted..<end]))
            compacted = end
            var compaction = RatingsCompaction(of: sample.base, scratch: folder.path)
            for word in sample.words[..<end] {
                switch word {
                case .said(let user, let update): try compaction.add(update, of: user)
                case .removed(let user): compaction.remove(user)
                }
            }
            let rebuilt = RecommendationEngine(dataset: try compaction.finish(logOffset: nil).dataset)
            for user in sample.everybody.shuffled(using: &generator).prefix(3) {
                let profiles = [live, rebuilt].map { $0.profile(of: user, overlaidWith: LiveProfile()) }
                for query in Self.queries where query.algorithm != .blend {
                    let lists = try zip([live, rebuilt], profiles).map { try $0.recommend(for: $1, query: query) }
                    #expect(lists[0] == lists[1], "\(user) \(query)")
                }
            }
        }
    }

    /// Who asks twice is answered by what holds now, though the neighbours found last are remembered.
    @Test func seesAtOnceWhatOthersSay() throws {
        let base = try RandomDataset.make(users: 40, items: 20, density: 0.5, seed: 5)
        let live = LiveRatings(over: base)
        let engine = RecommendationEngine(dataset: base, live: live)
        let profile = engine.profile(of: base.users[0], overlaidWith: LiveProfile())
        let query = RecommendationQuery(count: 50, algorithm: .userNeighbors)
        let news = try ItemID("news")
        #expect(try !engine.recommend(for: profile, query: query).items.contains { $0.item == news })
        let version = RatingVersion(milliseconds: 1 << 42, origin: 1)
        live.apply(base.users.ids.dropFirst().map { .said($0, RatingUpdate(item: news, rating: 5, version: version)) })
        #expect(try engine.recommend(for: profile, query: query).items.contains { $0.item == news })
        // Others become the nearest.
        let fewQuery = RecommendationQuery(count: 50, algorithm: .userNeighbors, neighbours: 3)
        _ = try engine.recommend(for: profile, query: fewQuery)
        for (item, code) in zip(profile.items, profile.codes) {
            let update = RatingUpdate(item: base.items[item], rating: base.scale.value(of: code), version: version)
            live.apply(base.users.ids.suffix(3).map { .said($0, update) })
        }
        let expected = try RecommendationEngine(dataset: base, live: live).recommend(for: profile, query: fewQuery)
        #expect(try engine.recommend(for: profile, query: fewQuery) == expected)
    }
}
