import Testing

@testable import Recommenders

/// Lists by rules against the obvious way to them.
@Suite struct ListRuleTests {
    @Test(arguments: [UInt64](1...3)) func everyListIsWhatItsRulesMakeOfTheRanking(seed: UInt64) throws {
        let sample = try ListSample(seed: seed)
        var random = SeededGenerator(seed)
        for algorithm in ListSample.algorithms {
            for profile in sample.profiles {
                let plain = RecommendationQuery(count: 100, algorithm: algorithm)
                let whole = try sample.engine.recommend(for: profile, query: plain)
                let popular = try sample.list(profile, .popularity).items.map { sample.number($0.item) }
                let ranking = whole.items.filter { $0.placement == .ranked && whole.fallback == nil }
                    .map { (item: sample.number($0.item), score: $0.score) }
                for _ in 0..<8 {
                    let query = sample.randomQuery(algorithm, &random)
                    let list = try sample.engine.recommend(for: profile, query: query)
                    let naive = NaiveList(sample: sample, profile: profile, query: query)
                    let listed = list.items.map { NaiveList.Place(item: sample.number($0.item), placement: $0.placement) }
                    // What stands in has a ranking of its own.
                    let rankedBy =
                        list.fallback == nil
                        ? ranking
                        : try sample.list(profile, .popularity).items.map { (item: sample.number($0.item), score: $0.score) }
                    let expected = naive.places(rankedBy, popular: popular)
                    #expect(listed == expected.map { .init(item: $0.item, placement: $0.placement) }, "\(algorithm) \(query)")
                    for (place, expected) in zip(list.items, expected) {
                        guard let score = expected.score else { continue }
                        #expect(abs(place.score - score) <= 1e-9 * max(1, abs(score)))
                    }
                }
            }
        }
    }

    @Test(arguments: ListSample.algorithms) func aListIsFullWhenItCanBe(algorithm: Algorithm) throws {
        let sample = try ListSample(seed: 5)
        var random = SeededGenerator(9)
        for profile in sample.profiles {
            for number in 0..<30 {
                var query = sample.randomQuery(algorithm, &random)
                if number % 2 == 0 { query.exploration = Exploration(share: 0.3, seed: UInt64(number)) }
                let list = try sample.engine.recommend(for: profile, query: query)
                let naive = NaiveList(sample: sample, profile: profile, query: query)
                let rated = (0..<UInt32(ListSample.itemCount)).filter { !sample.engine.dataset.ratings.column(Int($0)).isEmpty }
                let pinned = Set(list.items.filter { $0.placement == .pinned }.map { sample.number($0.item) })
                let most = Set(rated.filter { naive.isEligible($0) }).union(pinned).count
                #expect(list.items.count >= min(query.count!, most))
                #expect(Set(list.items.map(\.item)).count == list.items.count)
            }
        }
    }

    @Test(arguments: ListSample.algorithms) func explorationDrawsFromFurtherDown(algorithm: Algorithm) throws {
        let sample = try ListSample(seed: 6)
        for profile in sample.profiles {
            let plain = try sample.list(profile, algorithm) { $0.count = 10 }
            let ranked = try sample.list(profile, algorithm).items.filter { $0.placement == .ranked }.map(\.item)
            func explored(_ share: Double, _ seed: UInt64) throws -> [Recommendation] {
                try sample.list(profile, algorithm) {
                    $0.count = 10
                    $0.exploration = Exploration(share: share, seed: seed)
                }.items
            }
            #expect(try explored(0, 3) == plain.items)
            let further = max(0, ranked.count - 10)
            var seen: Set<[ItemID]> = []
            for seed in UInt64(0)..<8 {
                let list = try explored(0.3, seed)
                #expect(try explored(0.3, seed) == list)
                let drawn = list.filter { $0.placement == .explored }
                #expect(drawn.count == (ranked.count < 10 ? 0 : min(3, further)))
                #expect(drawn.allSatisfy { ranked.dropFirst(10).contains($0.item) })
                let kept = list.filter { $0.placement != .explored }
                #expect(kept == Array(plain.items.prefix(plain.items.count - drawn.count)))
                seen.insert(list.map(\.item))
            }
            #expect(further < 10 || seen.count > 4)
        }
    }

    @Test func pinsOfOnePlaceStandBehindEachOther() throws {
        let sample = try ListSample(seed: 7)
        let profile = sample.profiles[3]
        let free = try sample.list(profile, .popularity).items.map(\.item)
        let pinned = Array(free.suffix(4))
        let list = try sample.list(profile, .userNeighbors) {
            $0.count = 5
            $0.pinned = [
                PinnedItem(pinned[0], rank: 2), PinnedItem(pinned[1], rank: 2), PinnedItem(pinned[2], rank: 99),
                PinnedItem(pinned[3], rank: 5), PinnedItem(pinned[0], rank: 1), PinnedItem(sample.id(30), rank: 1),
                PinnedItem(sample.id(40), rank: 1),
            ]
        }
        #expect(list.items[1...].map(\.item) == [pinned[0], pinned[1], pinned[3], pinned[2]])
        #expect(list.items.map(\.placement) == [.ranked, .pinned, .pinned, .pinned, .pinned])
    }

    @Test(arguments: ListSample.algorithms) func aDiversityOfZeroIsThePlainList(algorithm: Algorithm) throws {
        let sample = try ListSample(seed: 8)
        for profile in sample.profiles {
            let plain = try sample.list(profile, algorithm) { $0.count = 12 }
            #expect(try sample.list(profile, algorithm) { ($0.count, $0.diversity) = (12, 0) } == plain)
        }
    }

    @Test func evaluationsRankAsListsOfADiversityDo() throws {
        for seed in UInt64(1)...2 {
            let sample = try ListSample(seed: seed)
            for algorithm in [Algorithm.popularity, .implicitALS, .userNeighbors] {
                let scorer = try #require(sample.engine.library.scorer(of: algorithm))
                let varied = DiversifiedScorer(
                    scorer, diversity: 0.4, similarity: sample.engine.library.itemSimilarity, length: 9)
                for profile in sample.profiles.prefix(3) {
                    let list = try sample.list(profile, algorithm) { ($0.count, $0.diversity) = (9, 0.4) }
                    let best = try varied.best(9, for: profile, filter: nil)
                    #expect(best.map { sample.id($0.element) } == list.items.map(\.item))
                    let all = try varied.best(90, for: profile, filter: nil).map(\.element)
                    #expect(try Set(all) == Set(scorer.best(90, for: profile, filter: nil).map(\.element)))
                }
            }
        }
    }
}
