import Recommenders
import Testing

@Suite struct UserNeighborRecommenderTests {
    /// Every similarity with parameters that matter for it, each part on and off.
    static let parameters: [UserNeighborParameters] =
        Similarity.allCases.flatMap { similarity in
            [
                UserNeighborParameters(similarity: similarity, neighbours: 10, order: .agreement(similarityPower: 3)),
                UserNeighborParameters(
                    similarity: similarity, neighbours: 4, minimumOverlap: 3, shrinkage: 25, order: .agreement(similarityPower: 1)
                ),
                UserNeighborParameters(
                    similarity: similarity, neighbours: 5, shrinkage: 3, candidates: 7, order: .agreement(similarityPower: 2)),
                UserNeighborParameters(similarity: similarity, neighbours: 5, candidates: 12, order: .match(leastShare: 0.5)),
                UserNeighborParameters(
                    similarity: similarity, neighbours: 6, latest: 4, order: .agreement(similarityPower: 1),
                    popularityExponent: 0.5),
                UserNeighborParameters(
                    similarity: similarity, neighbours: 8, shrinkage: 2, latest: 9, recency: Recency(halfLife: 2.5),
                    lengthExponent: 0.4, order: .agreement(similarityPower: 1), succession: Succession(range: 3, boost: 7)),
                UserNeighborParameters(
                    similarity: similarity, neighbours: 9, candidates: 11, recency: Recency(halfLife: 0.01),
                    order: .match(leastShare: 0)),
                .usual(for: similarity, timesKnown: true), .usual(for: similarity, timesKnown: false),
            ]
        } + [.classic]

    /// One in twelve of all profiles with all parameters, others for every sample.
    static func combinations(of sample: UserNeighborSample) -> [(Profile, UserNeighborParameters)] {
        let offset = sample.testDescription.utf8.reduce(0) { $0 + Int($1) }
        return product(sample.profiles, parameters).enumerated().filter { ($0.offset + offset) % 12 == 0 }.map(\.element)
    }

    /// Neighbours are remembered from one question to the next.
    @Test(arguments: UserNeighborSample.all)
    func aQuestionIsAnsweredAlikeWhateverWasAskedBefore(sample: UserNeighborSample) throws {
        let recommender = sample.recommender
        for (profile, parameters) in Self.combinations(of: sample) {
            let fresh = try sample.recommender.recommend(for: profile, count: 10, parameters: parameters)
            for _ in 0..<2 {
                #expect(try recommender.recommend(for: profile, count: 10, parameters: parameters) == fresh)
            }
            let other = Profile(
                items: profile.items, codes: profile.codes.map { $0 == 1 ? sample.scale.maximumCode : 1 }, times: profile.times,
                row: profile.row)
            let turned = try sample.recommender.neighbours(of: other, parameters: parameters)
            #expect(try recommender.neighbours(of: other, parameters: parameters) == turned)
        }
    }

    @Test(arguments: UserNeighborSample.all)
    func findsTheNeighboursThatTheDefinitionsName(sample: UserNeighborSample) throws {
        let recommender = sample.recommender
        let naive = sample.naive
        for (profile, parameters) in Self.combinations(of: sample) {
            let found = try recommender.neighbours(of: profile, parameters: parameters)
            let expected = naive.neighbours(
                of: sample.ratings(of: profile), at: sample.times(of: profile), row: profile.row.map(Int.init), parameters)
            #expect(found.map { Int($0.user) } == expected.map(\.user), "\(profile) \(parameters)")
            #expect(areClose(found.map { Double($0.similarity) }, expected.map { Double($0.similarity) }))
        }
    }

    @Test(arguments: UserNeighborSample.all)
    func recommendsWhatTheDefinitionsSay(sample: UserNeighborSample) throws {
        let recommender = sample.recommender
        let naive = sample.naive
        for (profile, parameters) in Self.combinations(of: sample) {
            let expected = naive.recommend(
                for: sample.ratings(of: profile), at: sample.times(of: profile), row: profile.row.map(Int.init), count: 12,
                parameters)
            for count in [1, 12] {
                let found = try recommender.recommend(for: profile, count: count, parameters: parameters).items
                expectSame(found, Array(expected.prefix(count)), profile)
            }
        }
    }

    @Test(arguments: UserNeighborSample.all)
    func neverReturnsWhatTheProfileHolds(sample: UserNeighborSample) throws {
        let recommender = sample.recommender
        for (profile, parameters) in Self.combinations(of: sample) {
            let found = try recommender.recommend(for: profile, count: sample.itemCount, parameters: parameters).items
            #expect(Set(profile.items).isDisjoint(with: found.map(\.item)))
        }
    }

    @Test(arguments: UserNeighborSample.all)
    func filtersBeforeItCuts(sample: UserNeighborSample) throws {
        let recommender = sample.recommender
        let naive = sample.naive
        let admitted = Set((0..<UInt32(sample.itemCount)).filter { $0 % 3 == 1 })
        var filter = ItemFilter(itemCount: sample.itemCount)
        for item in admitted { filter.admit(item) }
        for profile in sample.profiles {
            let found = try recommender.recommend(for: profile, count: 5, parameters: Self.parameters[0], filter: filter).items
            let expected = naive.recommend(
                for: sample.ratings(of: profile), at: sample.times(of: profile), row: profile.row.map(Int.init), count: 5,
                Self.parameters[0], admitted: admitted
            )
            expectSame(found, expected, profile)
        }
    }

    @Test func givesEveryThreadTheSameAnswers() async throws {
        let sample = UserNeighborSample("", seed: 99, users: 200, items: 300, density: 0.1, scale: .halfStars).timed(span: 50_000)
        let recommender = sample.recommender
        let profiles = sample.users.indices.map { Profile(sample.users[$0], times: sample.times[$0], row: UInt32($0)) }
        func answer(_ call: Int) throws -> UserNeighborRanking {
            let parameters = Self.parameters[call % Self.parameters.count]
            return try recommender.recommend(for: profiles[call % profiles.count], count: 20, parameters: parameters)
        }
        let expected = try (0..<300).map { try answer($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { @concurrent in
                    for call in 0..<300 where (call + task) % 2 == 0 {
                        let ranking = try answer(call)
                        #expect(ranking == expected[call])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func countsOnlyUsersWhoAgreeAsNeighbours() throws {
        // The first agrees with the profile, the second rates the other way round, the third shares nothing.
        let sample = UserNeighborSample(
            "", scale: UserNeighborSample.oneToFive, itemCount: 6,
            users: [[0: 5, 1: 1, 2: 5], [0: 1, 1: 5, 3: 5], [4: 5, 5: 1]])
        let ranking = try sample.recommender.recommend(
            for: Profile([0: 4, 1: 2]), count: 6,
            parameters: UserNeighborParameters(similarity: .pearson, neighbours: 50, order: .agreement(similarityPower: 1)))
        #expect(ranking.neighbours.map(\.user) == [0])
        #expect(ranking.neighbours.map(\.similarity) == [1])
        #expect(ranking.items.map(\.item) == [2])
        #expect(ranking.items.first?.predictedRating == 5)
        #expect(ranking.items.first?.matchPercent == 100)
        #expect(ranking.items.first?.because == [0, 1])
    }

    @Test func explainsByWhatWasRatedWell() throws {
        // Both neighbours share items 0 and 1 with the profile, and rated both highly; the profile holds item 0 in low esteem.
        let sample = UserNeighborSample(
            "", scale: .halfStars, itemCount: 4, users: [[0: 10, 1: 2, 3: 9], [0: 10, 1: 2, 3: 9]])
        let parameters = UserNeighborParameters(similarity: .euclidean, neighbours: 5, order: .agreement(similarityPower: 3))
        let ranking = try sample.recommender.recommend(for: Profile([0: 4, 1: 8, 2: 10]), count: 1, parameters: parameters)
        // Item 0 contributes 40 parts, item 1 only 16, but 4 is below the mean and 8 is not; nobody shares item 2.
        #expect(ranking.items.first?.because == [1, 0])
        let unexplained = try sample.recommender.recommend(
            for: Profile([0: 4, 1: 8, 2: 10]), count: 1, parameters: parameters, reasons: 0)
        #expect(unexplained.items.first?.because == [])
    }

    /// On the fine scale the sum of squares outgrows 24 bits from 259 items on.
    @Test(arguments: [(200, UserNeighborSample.fine), (300, UserNeighborSample.fine), (300, .halfStars)])
    func keepsSumsExactInLongProfiles(itemCount: Int, scale: RatingScale) throws {
        var random = SeededGenerator(5)
        let highest = scale.maximumCode
        let first = (0..<itemCount).map { _ in UInt8.random(in: highest - 2...highest, using: &random) }
        let second = first.map { Bool.random(using: &random) ? $0 : highest }
        let items = (0..<UInt32(itemCount)).map(\.self)
        let matrix = RatingMatrix(
            itemCount: itemCount, rowStarts: [0, itemCount, 2 * itemCount], items: items + items, rowCodes: first + second)
        let recommender = UserNeighborRecommender(ratings: matrix, scale: scale)
        let ratings = [first, second].map { Dictionary(uniqueKeysWithValues: zip(items, $0.map(scale.value))) }
        let expected: [(Similarity, Double)] = [
            (.pearson, NaiveUserNeighbors.pearson(ratings[0], ratings[1])),
            (.cosine, NaiveUserNeighbors(users: [], scale: scale).cosine(ratings[0], ratings[1])),
            (.euclidean, NaiveUserNeighbors.euclidean(ratings[0], ratings[1])),
            (.jaccard, 1),
        ]
        for (similarity, value) in expected {
            let found = try recommender.neighbours(
                of: Profile(items: items, codes: first, row: 0),
                parameters: UserNeighborParameters(similarity: similarity, neighbours: 1, order: .agreement(similarityPower: 1)))
            #expect(areClose(found.map { Double($0.similarity) }, [value]), "\(similarity)")
        }
    }

    private func expectSame(_ found: [RankedItem], _ expected: [NaiveUserNeighbors.Place], _ profile: Profile) {
        #expect(found.map(\.item) == expected.map(\.item))
        #expect(areClose(found.map(\.score), expected.map(\.score)))
        #expect(areClose(found.compactMap(\.predictedRating), expected.map(\.predictedRating)))
        #expect(areClose(found.compactMap(\.matchPercent), expected.map(\.matchPercent)))
        #expect(found.map { $0.because.map { profile.items[$0] } } == expected.map(\.because))
    }
}

func product<A, B>(_ a: [A], _ b: [B]) -> [(A, B)] {
    a.flatMap { first in b.map { (first, $0) } }
}

/// As many, and none off by more than a millionth of its size.
func areClose(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) }
}
