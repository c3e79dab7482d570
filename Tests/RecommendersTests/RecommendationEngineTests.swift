import Testing

@testable import Recommenders

@Suite struct RecommendationEngineTests {
    /// Random, but with ratings high enough for `classic`, which wants 4 stars.
    let sample = UserNeighborSample(
        "", scale: .halfStars, itemCount: 80,
        users: UserNeighborSample("", seed: 7, users: 60, items: 80, density: 0.25, scale: .halfStars).users
            .map { $0.mapValues { min($0 + 5, 10) } })

    /// Item n is called "in", has the genre "even" or "odd", and every tenth "round" too; user n is called "un".
    func engine(of sample: UserNeighborSample, defaults: RecommendationDefaults = .init()) throws -> RecommendationEngine {
        let entries = (0..<sample.itemCount).map { item in
            CatalogueEntry(
                title: "Item \(item)",
                genres: [item.isMultiple(of: 2) ? "even" : "odd"] + (item.isMultiple(of: 10) ? ["round"] : []))
        }
        let dataset = try Dataset(
            name: "sample", scale: sample.scale, users: Vocabulary(sample.users.indices.map { try UserID("u\($0)") }),
            items: Vocabulary((0..<sample.itemCount).map { try ItemID("i\($0)") }), ratings: sample.matrix,
            catalogue: Catalogue(itemKind: "item", entries: entries))
        return RecommendationEngine(dataset: dataset, defaults: defaults)
    }

    func numbers(_ list: RecommendationList) -> [Int] { list.items.compactMap { Int($0.item.rawValue.dropFirst()) } }

    @Test(arguments: [Algorithm.userNeighbors, .classic, .popularity])
    func fillsTheListByTheAlgorithmAskedFor(algorithm: Algorithm) throws {
        let engine = try engine(of: sample)
        let profile = sample.profiles[0]
        let list = try engine.recommend(for: profile, query: RecommendationQuery(count: 7, algorithm: algorithm))
        let expected: [RankedItem]
        switch algorithm {
        case .userNeighbors:
            expected =
                try sample.recommender.recommend(for: profile, count: 7, parameters: .usual(for: .cosine, timesKnown: false))
                .items
        case .classic: expected = try sample.recommender.recommend(for: profile, count: 7, parameters: .classic).items
        default:
            let baseline = BaselinePredictor(ratings: sample.matrix, scale: .halfStars)
            let generosity = baseline.generosity(of: profile)
            expected = Popularity(ratings: sample.matrix, scale: .halfStars).best(7, for: profile, filter: nil).map {
                RankedItem(
                    item: $0.element, score: Double($0.score),
                    predictedRating: baseline.rating(of: $0.element, generosity: generosity))
            }
        }
        #expect(expected.count == 7)
        #expect(numbers(list) == expected.map { Int($0.item) })
        #expect(list.items.map(\.score) == expected.map(\.score))
        #expect(list.items.map(\.predictedRating) == expected.map(\.predictedRating))
        #expect(list.items.map(\.matchPercent) == expected.map(\.matchPercent))
        let because = expected.map { place in
            try? zip(place.because, place.contributions).map {
                Because(
                    item: try ItemID("i\(profile.items[$0])"), rating: Double(profile.codes[$0]) / 2, contribution: $1)
            }
        }
        #expect(list.items.map(\.because) == because)
        #expect(list.algorithm == algorithm)
        #expect(list.fallback == nil)
        #expect(list.ratingsVersion == nil)
    }

    @Test func predictsNoRatingWhereThereIsButOne() throws {
        let scale = try #require(RatingScale(minimum: 1, maximum: 1, step: 1))
        let users = sample.users.map { $0.mapValues { _ in UInt8(1) } }
        let engine = try engine(of: UserNeighborSample("", scale: scale, itemCount: sample.itemCount, users: users))
        for algorithm in [Algorithm.userNeighbors, .popularity] {
            let list = try engine.recommend(for: Profile([1: 1, 2: 1]), query: .init(count: 5, algorithm: algorithm))
            #expect(list.items.count == 5 && list.items.allSatisfy { $0.predictedRating == nil })
        }
    }

    @Test func fallsBackToPopularityWhereTheModelIsNotThere() throws {
        let list = try engine(of: sample).recommend(for: sample.profiles[0], query: .init(count: 3, algorithm: .ease))
        #expect(list.algorithm == .ease)
        #expect(list.fallback == .popularity)
        #expect(list.items.count == 3)
    }

    /// Half the users love the first ten items and dislike the others, half the other way round.
    @Test func aHatedItemSaysTheOppositeOfALovedOne() throws {
        var users: [[UInt32: UInt8]] = []
        for user in 0..<40 {
            var ratings: [UInt32: UInt8] = [:]
            for item in 0..<20 where (user * 7 + item * 3) % 5 != 0 {
                let isLoved = (user < 20) == (item < 10)
                ratings[UInt32(item)] = UInt8((isLoved ? 9 : 1) + (user + item) % 2)
            }
            users.append(ratings)
        }
        let engine = try engine(of: UserNeighborSample("", scale: .halfStars, itemCount: 20, users: users))
        for code in [UInt8(1), 10] {
            for profile in [Profile(items: [3], codes: [code]), Profile(items: [1, 3, 4], codes: [code, code, code])] {
                let list = try engine.recommend(for: profile, query: RecommendationQuery(count: 5))
                #expect(list.fallback == nil)
                #expect(numbers(list).allSatisfy { ($0 < 10) == (code == 10) }, "\(numbers(list)) for \(code)")
            }
        }
    }

    @Test func saysWhichSimilarityAndHowManyNeighboursMadeTheList() throws {
        let engine = try engine(of: sample)
        let list = try engine.recommend(
            for: sample.profiles[0], query: RecommendationQuery(similarity: .euclidean, neighbours: 9))
        #expect(list.similarity == .euclidean)
        #expect(list.neighbours == 9)
        let classic = try engine.recommend(for: sample.profiles[0], query: RecommendationQuery(algorithm: .classic))
        #expect(classic.similarity == .pearson)
        let popular = try engine.recommend(for: sample.profiles[0], query: RecommendationQuery(algorithm: .popularity))
        #expect(popular.similarity == nil)
        #expect(popular.neighbours == nil)
    }

    @Test func takesFromTheDefaultsWhatTheQueryLeavesOpen() throws {
        var defaults = RecommendationDefaults()
        defaults.count = 3
        defaults.similarity = .pearson
        defaults.neighbours = 4
        let list = try engine(of: sample, defaults: defaults).recommend(for: sample.profiles[0], query: RecommendationQuery())
        #expect(list.items.count == 3)
        #expect(list.similarity == .pearson)
        #expect(list.neighbours == 4)
        defaults.algorithm = .popularity
        let popular = try engine(of: sample, defaults: defaults).recommend(for: sample.profiles[0], query: RecommendationQuery())
        #expect(popular.algorithm == .popularity)
    }

    @Test func bringsNumbersIntoTheirRanges() throws {
        let engine = try engine(of: sample)
        let none = try engine.recommend(for: sample.profiles[0], query: RecommendationQuery(count: 0, neighbours: 0))
        #expect(none.items.count == 1)
        #expect(none.neighbours == 1)
        let all = try engine.recommend(for: Profile([:]), query: RecommendationQuery(count: .max, neighbours: .max))
        #expect(all.items.count == 80)
    }

    @Test func fallsBackToPopularityForProfilesWithoutNeighbours() throws {
        let sample = UserNeighborSample("", scale: .halfStars, itemCount: 5, users: [[0: 8, 1: 9], [0: 7]])
        let engine = try engine(of: sample)
        for profile in [Profile([:]), Profile([3: 10]), Profile([0: 8, 1: 9], row: 0)] {
            for algorithm in [Algorithm.userNeighbors, .classic] {
                let list = try engine.recommend(for: profile, query: RecommendationQuery(algorithm: algorithm))
                #expect(list.algorithm == algorithm)
                #expect(list.fallback == .popularity)
                #expect(numbers(list) == (profile.row == 0 ? [] : [0, 1]))
            }
        }
    }

    @Test(arguments: [Algorithm.userNeighbors, .classic, .popularity])
    func keepsToTheGenres(algorithm: Algorithm) throws {
        let engine = try engine(of: sample)
        func list(_ genres: [String]?) throws -> [Int] {
            numbers(
                try engine.recommend(
                    for: Profile([1: 9, 2: 7, 3: 8]), query: .init(count: 4, algorithm: algorithm, genres: genres)))
        }
        #expect(try list(["odd"]).count == 4)
        #expect(try list(["odd"]).allSatisfy { $0 % 2 == 1 })
        #expect(try list(["round"]).allSatisfy { $0 % 10 == 0 })
        #expect(try list(["round", "even"]) == list(["even"]))
        #expect(try list(["round", "no such genre"]) == list(["round"]))
        #expect(try list(["odd", "even"]) == list(nil))
        #expect(try list([]) == list(nil))
        #expect(try list(["no such genre"]) == [])
    }

    @Test(arguments: [Algorithm.userNeighbors, .classic, .popularity, .blend])
    func othersMoveUpForDismissedItems(algorithm: Algorithm) throws {
        let engine = try blendingEngine()
        let profile = sample.profiles[0]
        for genres in [nil, ["even"]] {
            let query = RecommendationQuery(count: 6, algorithm: algorithm, genres: genres)
            let longer = RecommendationQuery(count: 9, algorithm: algorithm, genres: genres)
            let list = try engine.recommend(for: profile, query: longer)
            try #require(list.items.count == 9 && list.fallback == nil)
            let dismissed = [0, 2, 3].map { UInt32(numbers(list)[$0]) }
            let rest = try engine.recommend(for: profile.dismissing(dismissed), query: query)
            #expect(rest.items == list.items.enumerated().filter { ![0, 2, 3].contains($0.offset) }.map(\.element))
        }
    }

    @Test func whatIsDismissedIsNotRecommendedAsAFallbackEither() throws {
        let list = try engine(of: sample).recommend(for: Profile([:]).dismissing([1, 4]), query: .init(count: 100))
        #expect(list.fallback == .popularity && list.items.count == 78)
        #expect(Set(numbers(list)).isDisjoint(with: [1, 4]))
    }

    @Test func aBlendTellsHowManyOfTheNeighboursRatedIt() throws {
        let engine = try blendingEngine()
        for profile in sample.profiles {
            let list = try engine.recommend(for: profile, query: .init(count: 30, algorithm: .blend, neighbours: 12))
            let parameters = UserNeighborParameters.usual(for: .cosine, timesKnown: false)
            let neighbours = try sample.recommender.neighbours(of: profile, parameters: parameters).prefix(12)
            #expect(list.neighbours == neighbours.count)
            try #require(!neighbours.isEmpty || list.items.allSatisfy { $0.matchPercent == nil })
            for (item, place) in zip(numbers(list), list.items) where !neighbours.isEmpty {
                let raters = neighbours.count { sample.users[Int($0.user)][UInt32(item)] != nil }
                #expect(place.matchPercent == 100 * Double(raters) / Double(neighbours.count))
            }
        }
        let stranger = try engine.recommend(for: Profile([:]), query: .init(count: 3, algorithm: .blend))
        #expect(stranger.neighbours == nil && stranger.items.allSatisfy { $0.matchPercent == nil })
    }

    /// With a blend of the neighbours and of what is popular.
    private func blendingEngine() throws -> RecommendationEngine {
        let blend = TrainedModel(
            parameters: .blend(BlendParameters(weights: [.userNeighbors: 0.5, .popularity: 0.5])), content: .parametersOnly,
            itemsFingerprint: 0)
        return RecommendationEngine(ModelLibrary(dataset: try engine(of: sample).dataset, models: [blend]))
    }
}

extension Profile {
    fileprivate func dismissing(_ items: [UInt32]) -> Profile {
        Profile(items: self.items, codes: codes, times: times, row: row, dismissed: items)
    }
}
