import Testing

@testable import Recommenders

@Suite struct GroupListTests {
    /// A member's standard scores, by their definition.
    private func standardScores(_ sample: ListSample, _ algorithm: Algorithm, _ profile: Profile) throws -> [Double]? {
        let scorer = try #require(sample.engine.library.scorer(of: algorithm))
        var scores = [Float](repeating: 0, count: ListSample.itemCount)
        guard scores.withUnsafeMutableBufferPointer({ scorer.answer(profile, into: $0) }) else {
            return algorithm == .popularity ? nil : try standardScores(sample, .popularity, profile)
        }
        let known = scores.indices.filter { scores[$0] > -.infinity && !profile.items.contains(UInt32($0)) }
            .map { Double(scores[$0]) }
        let mean = known.reduce(0, +) / Double(known.count)
        let deviation = (known.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(known.count)).squareRoot()
        return scores.map { (max(Double($0), known.min()!) - mean) / deviation }
    }

    @Test(arguments: [Algorithm.userNeighbors, .ease, .implicitALS, .popularity, .blend], GroupAggregation.allCases)
    func theListIsByWhatMembersWantTogether(algorithm: Algorithm, aggregation: GroupAggregation) throws {
        for seed in UInt64(1)...3 {
            let sample = try ListSample(seed: seed)
            let scorer = try #require(sample.engine.library.scorer(of: algorithm))
            for profiles in [Array(sample.profiles[..<3]), sample.profiles] {
                var query = RecommendationQuery(count: 15, algorithm: algorithm)
                query.aggregation = aggregation
                query.excludedGenres = ["c"]
                let list = try sample.engine.recommend(forGroup: profiles, query: query)
                let members = try profiles.map { try #require(try standardScores(sample, algorithm, $0)) }
                let candidates = (0..<UInt32(ListSample.itemCount)).filter { item in
                    var scores = [Float](repeating: 0, count: ListSample.itemCount)
                    let isScored = profiles.contains { profile in
                        scores.withUnsafeMutableBufferPointer { scorer.answer(profile, into: $0) }
                            && scores[Int(item)] > -.infinity
                    }
                    let isPopular =
                        !sample.engine.dataset.ratings.column(Int(item)).isEmpty && profiles.contains(where: \.isEmpty)
                    return (isScored || isPopular) && !sample.entry(item).genres.contains("c")
                        && !profiles.contains { $0.items.contains(item) || $0.dismissed.contains(item) }
                }
                func score(_ item: UInt32) -> Double {
                    let scores = members.map { $0[Int(item)] }
                    return aggregation == .average ? scores.reduce(0, +) / Double(scores.count) : scores.min()!
                }
                let ranked = list.items.filter { $0.placement == .ranked }
                #expect(ranked.count == min(15, candidates.count) && list.fallback == nil)
                let best = candidates.map(score).sorted(by: >).prefix(15)
                for (place, expected) in zip(ranked, best) {
                    let item = sample.number(place.item)
                    #expect(candidates.contains(item) && abs(place.score - expected) < 1e-4)
                    #expect(abs(score(item) - place.score) < 1e-4)
                    let parts = try #require(place.parts)
                    #expect(parts.members.count == profiles.count && place.because.isEmpty)
                    #expect(zip(parts.members, members).allSatisfy { abs($0 - $1[Int(item)]) < 1e-4 })
                }
            }
        }
    }

    @Test func rulesHoldForGroups() throws {
        let sample = try ListSample(seed: 5)
        var random = SeededGenerator(5)
        for algorithm in ListSample.algorithms {
            for _ in 0..<10 {
                let query = sample.randomQuery(algorithm, &random)
                let list = try sample.engine.recommend(forGroup: sample.profiles, query: query)
                for profile in sample.profiles {
                    let naive = NaiveList(sample: sample, profile: profile, query: query)
                    #expect(
                        list.items.allSatisfy {
                            let item = sample.number($0.item)
                            return $0.placement == .pinned
                                ? !profile.items.contains(item) && !profile.dismissed.contains(item) : naive.isEligible(item)
                        })
                }
                #expect(Set(list.items.map(\.item)).count == list.items.count)
            }
        }
    }

    @Test func whereNobodyIsKnownPopularityStandsIn() throws {
        let sample = try ListSample(seed: 6)
        let list = try sample.engine.recommend(forGroup: [Profile([:]), Profile([:])], query: .init(count: 4, algorithm: .ease))
        let alone = try sample.list(Profile([:]), .popularity) { $0.count = 4 }
        #expect(list.fallback == .popularity && list.items == alone.items)
    }
}
