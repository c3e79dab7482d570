import Testing

@testable import Recommenders

/// Why an item is listed, in numbers.
@Suite struct ScorePartsTests {
    @Test(arguments: ListSample.algorithms) func thePartsSumToTheScore(algorithm: Algorithm) throws {
        for seed in UInt64(1)...6 {
            let sample = try ListSample(seed: seed)
            var random = SeededGenerator(seed)
            for profile in sample.profiles {
                for query in [RecommendationQuery(count: 40, algorithm: algorithm), sample.randomQuery(algorithm, &random)] {
                    for place in try sample.engine.recommend(for: profile, query: query).items {
                        let parts = try #require(place.parts)
                        let contributions = try place.because.map { try #require($0.contribution) }
                        let all = contributions + [parts.others, parts.base, parts.boost]
                        let largest = all.map(abs).max() ?? 0
                        #expect(abs(all.reduce(0, +) - place.score) <= 1e-5 * max(largest, abs(place.score)), "\(place)")
                        #expect(contributions.allSatisfy { $0 > 0 })
                    }
                }
            }
        }
    }

    @Test func whatTheProfileSaysIsNoMatterOfPopularity() throws {
        let sample = try ListSample(seed: 1)
        for algorithm in [Algorithm.popularity, .trending] {
            let list = try sample.list(sample.profiles[0], algorithm)
            #expect(list.items.allSatisfy { $0.because.isEmpty && $0.parts == ScoreParts(base: $0.score) })
        }
    }

    /// A blend's contribution is its parts', each as its weight over the deviation of its scores has it.
    @Test func aBlendAddsUpWhatItsPartsSay() throws {
        for seed in UInt64(1)...3 {
            let sample = try ListSample(seed: seed)
            let blend = try #require(sample.engine.library.scorer(of: .blend) as? BlendRecommender)
            for profile in sample.profiles.prefix(4) {
                let best = try blend.best(20, for: profile, filter: nil)
                let found = try blend.contributions(to: best, in: profile)
                let direct = try blend.explained(20, for: profile, filter: nil) { best throws(CancellationError) in best }
                #expect(direct.map(\.entry) == best && direct.map(\.contributions) == found)
                for (place, entry) in best.enumerated() {
                    var expected = [Double](repeating: 0, count: profile.items.count)
                    for part in blend.parts {
                        var scores = [Float](repeating: 0, count: blend.itemCount)
                        guard scores.withUnsafeMutableBufferPointer({ part.scorer.answer(profile, into: $0) }) else { continue }
                        let known = scores.indices.filter { scores[$0] > -.infinity && profile.code(of: UInt32($0)) == nil }
                            .map { Double(scores[$0]) }
                        let mean = known.reduce(0, +) / Double(known.count)
                        let deviation = (known.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(known.count)).squareRoot()
                        let own = TopK.Entry(element: entry.element, score: scores[Int(entry.element)])
                        guard let ofPart = try part.scorer.contributions(to: [own], in: profile)[0] else { continue }
                        for rating in ofPart.ratings.indices {
                            expected[rating] += Double(part.weight) / deviation * ofPart.ratings[rating]
                        }
                    }
                    let contributions = try #require(found[place])
                    #expect(zip(contributions.ratings, expected).allSatisfy { abs($0 - $1) < 1e-4 })
                }
            }
        }
    }

    @Test func linearModelsSayWhatEachRatingAdds() throws {
        let sample = try ListSample(seed: 4)
        let ease = try #require(sample.engine.library.scorer(of: .ease) as? ItemWeightsRecommender)
        for profile in sample.profiles.prefix(4) {
            let best = try ease.best(30, for: profile, filter: nil)
            for (entry, found) in zip(best, try ease.contributions(to: best, in: profile)) {
                #expect(found?.ratings == ease.contributions(to: entry.element, in: profile).map(Double.init))
                #expect(found?.base == 0)
            }
        }
    }

    @Test(arguments: UserNeighborSample.all)
    func neighboursShareTheScoreOutAmongTheSharedRatings(sample: UserNeighborSample) throws {
        for parameters in [UserNeighborParameters.classic, .usual(for: .cosine, timesKnown: true)] {
            for profile in sample.profiles {
                let ranking = try sample.recommender.recommend(for: profile, count: 10, parameters: parameters)
                let expected = sample.naive.recommend(
                    for: sample.ratings(of: profile), at: sample.times(of: profile), row: profile.row.map(Int.init), count: 10,
                    parameters)
                for (place, expected) in zip(ranking.items, expected) where place.item == expected.item {
                    let sum = expected.contributions.values.reduce(0, +)
                    for (rating, contribution) in zip(place.because, place.contributions) {
                        let share = try #require(expected.contributions[profile.items[rating]]) / sum
                        #expect(abs(contribution - share * expected.score) <= 1e-6 * expected.score)
                    }
                }
            }
        }
    }
}
