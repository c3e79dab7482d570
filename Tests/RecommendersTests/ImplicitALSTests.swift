import Testing

@testable import Recommenders

@Suite struct ImplicitALSTests {
    @Test(arguments: [UInt64](1...6)) func prunedListIsTheListOfAllScores(seed: UInt64) throws {
        let sample = FactorSample(seed: seed, items: 203, dimensions: 16)
        let recommender = sample.recommender()
        for size in [1, 5, 40] {
            let profile = sample.profile(size: size, seed: seed &+ UInt64(size))
            for filter in [nil, sample.filter(every: 3), ItemFilter(itemCount: 203)] {
                for count in [0, 1, 10, 300] {
                    let list = try recommender.best(count, for: profile, filter: filter)
                    #expect(list == sample.bestOfAll(count, recommender, profile, filter))
                }
            }
        }
    }

    @Test func ofEqualScoresTheLowerIndexComesFirst() throws {
        // Ten times the same twenty items.
        let sample = FactorSample(seed: 7, items: 20, dimensions: 8)
        let factors = ItemFactors(
            itemCount: 200, dimensions: 8, rows: Array(repeatElement(sample.rows, count: 10).joined()), ratedItems: Array(0..<200)
        )
        let recommender = ImplicitALSRecommender(factors: factors, parameters: sample.parameters, scale: .halfStars)
        let profile = Profile(items: [3, 11], codes: [1, 1])
        let list = try recommender.best(25, for: profile, filter: nil)
        #expect(list == sample.bestOfAll(25, recommender, profile, nil))
        #expect(list.map(\.score).first == list.map(\.score).dropFirst(8).first)
        let isInOrder = zip(list, list.dropFirst()).allSatisfy { $0.score > $1.score || $0.element < $1.element }
        #expect(isInOrder)
    }

    @Test func foldInSolvesTheNormalEquations() throws {
        let sample = FactorSample(seed: 11, items: 90, dimensions: 16)
        let profile = sample.profile(size: 33, seed: 12)
        for (recency, lowest) in [(Recency.none, 1.0), (Recency(halfLife: 3), 1), (.none, -0.5), (Recency(halfLife: 2), 0)] {
            let recommender = sample.recommender(recency: recency, opinion: Opinion(lowest: lowest))
            let user = try #require(try recommender.foldIn(profile)).user
            let targets = zip(recency.weights(of: profile), profile.codes).map { weight, code in
                Double(weight) * (lowest + (1 - lowest) * (Double(code) - 1) / 9)
            }
            let expected = sample.solvedInDoublePrecision(profile, targets: targets)
            for (value, expected) in zip(user, expected) { #expect(abs(Double(value) - expected) < 1e-4) }
        }
    }

    @Test func scoreIsTheProductOfFactors() throws {
        let sample = FactorSample(seed: 13, items: 61, dimensions: 24, unrated: [5, 60])
        let recommender = sample.recommender()
        let profile = sample.profile(size: 7, seed: 14)
        let scores = try #require(sample.scores(recommender, profile))
        let user = sample.solvedInDoublePrecision(profile, targets: profile.items.map { _ in 1 })
        for item in 0..<61 where item != 5 && item != 60 {
            let expected = (0..<24).reduce(0) { $0 + user[$1] * Double(sample.rows[item * 24 + $1]) }
            #expect(abs(Double(scores[item]) - expected) < 1e-4)
        }
        #expect(scores[5] == -.infinity && scores[60] == -.infinity)
    }

    @Test func contributionsSumToTheScore() throws {
        let sample = FactorSample(seed: 17, items: 50, dimensions: 16, unrated: [9])
        let recommender = sample.recommender(recency: Recency(halfLife: 3), opinion: Opinion(lowest: -0.5))
        let profile = sample.profile(size: 12, seed: 18)
        let foldIn = try #require(try recommender.foldIn(profile))
        let scores = try #require(sample.scores(recommender, profile))
        for item in 0..<50 where item != 9 {
            let contributions = recommender.contributions(to: UInt32(item), of: foldIn)
            #expect(abs(contributions.reduce(0, +) - scores[item]) < 1e-4)
        }
        let reasons = try recommender.reasons(3, for: [0, 9, 1], in: profile)
        #expect(reasons[1].isEmpty)
        for (item, places) in [(UInt32(0), reasons[0]), (1, reasons[2])] {
            let contributions = recommender.contributions(to: item, of: foldIn)
            let mean = profile.codes.reduce(0) { $0 + Double($1) } / 12
            let strongest = foldIn.places.indices.filter { contributions[$0] > 0 }.sorted {
                let isWellRated = [$0, $1].map { Double(profile.codes[foldIn.places[$0]]) >= mean }
                return isWellRated[0] != isWellRated[1] ? isWellRated[0] : contributions[$0] > contributions[$1]
            }
            #expect(places == strongest.prefix(3).map { foldIn.places[$0] })
        }
    }

    @Test func ratingsThatCountNothingGiveNoAnswer() throws {
        let sample = FactorSample(seed: 18, items: 30, dimensions: 8)
        let disliked = Profile(items: [2, 3], codes: [1, 1])
        #expect(try sample.recommender(opinion: Opinion(lowest: 0)).best(5, for: disliked, filter: nil).isEmpty)
        #expect(try sample.recommender(opinion: Opinion(lowest: 0.1)).best(5, for: disliked, filter: nil).count == 5)
    }

    @Test func withoutKnownItemsThereIsNoAnswer() throws {
        let sample = FactorSample(seed: 19, items: 30, dimensions: 8, unrated: [2])
        let recommender = sample.recommender()
        for profile in [Profile(items: [], codes: []), Profile(items: [2], codes: [1]), Profile(items: [30], codes: [1])] {
            #expect(try recommender.best(5, for: profile, filter: nil).isEmpty)
            #expect(sample.scores(recommender, profile) == nil)
            #expect(try recommender.reasons(3, for: [1], in: profile) == [[]])
        }
    }

    @Test func longProfilesAreCutToTheirHeaviestRatings() throws {
        let size = ImplicitALSRecommender.longestProfile + 500
        let sample = FactorSample(seed: 21, items: size, dimensions: 8)
        let items = (0..<UInt32(size)).map { $0 }
        let times = items.map { UInt32($0 &* 7919 % UInt32(size)) }
        let timed = Profile(items: items, codes: items.map { _ in 1 }, times: times)
        let latest = try #require(try sample.recommender(recency: Recency(halfLife: 9)).foldIn(timed)).places
        #expect(latest == items.indices.filter { Int(times[$0]) >= size - ImplicitALSRecommender.longestProfile })
        let untimed = Profile(items: items, codes: items.map { _ in 1 })
        let some = try #require(try sample.recommender().foldIn(untimed)).places
        #expect(some.count == ImplicitALSRecommender.longestProfile && zip(some, some.dropFirst()).allSatisfy { $0 < $1 })
        // From all over the profile.
        #expect(some.count { $0 < 1000 } > 800 && some.count { $0 >= size - 1000 } > 800)
    }

    @Test func impossiblePartsAreNoFactors() throws {
        let good = FactorSample(seed: 23, items: 10, dimensions: 8).factors
        func parts(
            itemCount: Int = 10, dimensions: Int = 8, items: FlatArray<UInt32>? = nil, factors: FlatArray<Float>? = nil,
            gram: FlatArray<Float>? = nil
        ) -> ItemFactors? {
            ItemFactors(
                itemCount: itemCount, dimensions: dimensions, items: items ?? good.items, factors: factors ?? good.factors,
                gram: gram ?? good.gram)
        }
        func changed(_ array: FlatArray<Float>, to value: Float) -> FlatArray<Float> { FlatArray(array.dropLast() + [value]) }
        #expect(parts() == good)
        #expect(parts(itemCount: 9) == nil)
        #expect(parts(dimensions: 16) == nil)
        #expect(parts(dimensions: 0) == nil)
        #expect(parts(items: FlatArray(good.items.dropLast(3))) == nil)
        #expect(parts(items: FlatArray(good.items.dropLast() + [10])) == nil)
        #expect(parts(items: FlatArray(good.items.dropLast() + [good.items[0]])) == nil)
        #expect(parts(factors: changed(good.factors, to: .nan)) == nil)
        #expect(parts(factors: changed(good.factors, to: 1e9)) == nil)
        #expect(parts(gram: changed(good.gram, to: .infinity)) == nil)
        #expect(parts(gram: FlatArray(good.gram.dropLast())) == nil)
    }

    @Test func matricesThatAreNotDefiniteGiveNoAnswer() throws {
        let good = FactorSample(seed: 25, items: 10, dimensions: 8)
        let factors = try #require(
            ItemFactors(
                itemCount: 10, dimensions: 8, items: good.factors.items, factors: good.factors.factors,
                gram: FlatArray(good.factors.gram.map { $0 * -1000 })))
        let recommender = ImplicitALSRecommender(factors: factors, parameters: good.parameters, scale: .halfStars)
        #expect(try recommender.best(5, for: Profile(items: [1], codes: [1]), filter: nil).isEmpty)
    }
}
