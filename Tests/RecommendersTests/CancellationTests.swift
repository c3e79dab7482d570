import Testing

@testable import Recommenders

/// Large enough for every algorithm to look several times whether it is cancelled.
@Suite struct CancellationTests {
    private static let ratings = RandomDataset.matrix(users: 900, items: 3_000, density: 0.2, seed: 5)

    private static let profile: Profile = {
        let items = (0..<3_000).filter { $0 % 2 == 0 }.map { UInt32($0) }
        return Profile(items: items, codes: items.map { UInt8($0 % 10 + 1) }, times: items.map { $0 * 7 % 1_000 })
    }()

    private static let parameters: [UserNeighborParameters] = [
        .usual(for: .cosine, timesKnown: true), .usual(for: .jaccard, timesKnown: false), .classic,
    ]

    /// Runs `body` in a task that was cancelled before.
    private func cancelled<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try body()
        }
        return try await task.value
    }

    @Test func looksOnceInSoManySteps() async throws {
        let steps = try await cancelled {
            var cancellation = Cancellation()
            var steps = 0
            #expect(throws: CancellationError.self) {
                while steps < 10 * Cancellation.stepsBetweenLooks {
                    steps += 1_000
                    try cancellation.count(1_000)
                }
            }
            return steps
        }
        #expect(steps == (Cancellation.stepsBetweenLooks + 999) / 1_000 * 1_000)
    }

    @Test func isNeverCancelledOutsideATask() throws {
        var cancellation = Cancellation()
        for _ in 0..<100 { try cancellation.count(Cancellation.stepsBetweenLooks) }
    }

    @Test(arguments: Algorithm.allCases) func theEngineComputesNothingForACancelledTask(algorithm: Algorithm) async throws {
        let dataset = try RandomDataset.make(users: 30, items: 40, density: 0.3, seed: 2)
        let engine = RecommendationEngine(dataset: dataset)
        await #expect(throws: CancellationError.self) {
            try await cancelled {
                try engine.recommend(for: dataset.ratings.profile(of: 3), query: RecommendationQuery(algorithm: algorithm))
            }
        }
    }

    @Test(arguments: 0..<3) func neighboursAreGivenUpHalfWay(number: Int) async throws {
        let recommender = UserNeighborRecommender(ratings: Self.ratings, scale: .halfStars)
        let parameters = Self.parameters[number]
        @Sendable func list() throws -> UserNeighborRanking {
            try recommender.recommend(for: Self.profile, count: 20, parameters: parameters)
        }
        let expected = try UserNeighborRecommender(ratings: Self.ratings, scale: .halfStars)
            .recommend(for: Self.profile, count: 20, parameters: parameters)
        for _ in 0..<3 {
            await #expect(throws: CancellationError.self) { try await cancelled { try list() } }
            #expect(try list() == expected)
        }
    }

    /// At whichever look the cancellation is seen, nothing of it is left in memory that is used again.
    @Test(arguments: 0..<3) func nothingIsLeftOfWhatWasGivenUp(number: Int) async throws {
        let recommender = UserNeighborRecommender(ratings: Self.ratings, scale: .halfStars)
        let parameters = Self.parameters[number]
        let profiles = [Self.profile] + (0..<3).map { Self.ratings.profile(of: $0) }
        let expected = try profiles.map { profile in
            try UserNeighborRecommender(ratings: Self.ratings, scale: .halfStars)
                .recommend(for: profile, count: 20, parameters: parameters)
        }
        var (givenUp, finished) = (0, 0)
        for _ in 0..<60 {
            // Cancelled by somebody else, at any time.
            let task = Task.detached { try recommender.recommend(for: profiles[0], count: 20, parameters: parameters) }
            await Task.yield()
            task.cancel()
            switch await task.result {
            case .success(let list):
                finished += 1
                #expect(list == expected[0])
            case .failure: givenUp += 1
            }
            for (profile, expected) in zip(profiles, expected) {
                #expect(try recommender.recommend(for: profile, count: 20, parameters: parameters) == expected)
            }
        }
        #expect(givenUp + finished == 60)
    }

    @Test func scratchMemoryThatWasGivenUpIsNotUsedAgain() throws {
        let pool = ScratchPool { [Int]() }
        #expect(throws: CancellationError.self) {
            try pool.withScratch { scratch throws(CancellationError) in
                scratch.append(1)
                throw CancellationError()
            }
        }
        pool.withScratch { #expect($0.isEmpty) }
        pool.withScratch { $0.append(2) }
        pool.withScratch { #expect($0 == [2]) }
    }

    @Test func modelsOfItemsAreGivenUpHalfWay() async throws {
        let itemCount = 2_000
        let weights = ItemWeights(
            starts: FlatArray((0...itemCount).map { $0 * 100 }),
            items: FlatArray((0..<itemCount * 100).map { UInt32(($0 / 100 + 1 + $0 % 100) % itemCount) }),
            weights: FlatArray((0..<itemCount * 100).map { Float($0 % 17) / 17 }),
            covered: FlatArray(repeatElement(1, count: itemCount)))
        let linear = ItemWeightsRecommender(weights: weights, scale: .halfStars, recency: .none)
        let items = (0..<1_000).map { UInt32($0) }
        let profile = Profile(items: items, codes: items.map { _ in 8 })
        let scorers: [any ItemScorer] = [
            linear, BlendRecommender(parts: [(linear, 1), (linear, 2)]),
            UserNeighborScorer(
                UserNeighborRecommender(ratings: Self.ratings, scale: .halfStars),
                parameters: .usual(for: .pearson, timesKnown: false)),
        ]
        for scorer in scorers {
            let profile = scorer.itemCount == itemCount ? profile : Self.profile
            let expected = try scorer.best(9, for: profile, filter: nil)
            #expect(!expected.isEmpty)
            await #expect(throws: CancellationError.self) {
                try await cancelled { try scorer.best(9, for: profile, filter: nil) }
            }
            #expect(try scorer.best(9, for: profile, filter: nil) == expected)
        }
        await #expect(throws: CancellationError.self) { try await cancelled { try linear.reasons(3, for: [1, 2], in: profile) } }
    }

    @Test func factorsAreGivenUpHalfWay() async throws {
        let sample = FactorSample(seed: 3, items: 3_000, dimensions: 64)
        let recommender = sample.recommender()
        let items = (0..<1_000).map { UInt32($0) }
        let profile = Profile(items: items, codes: items.map { _ in 8 })
        let expected = try recommender.best(9, for: profile, filter: nil)
        await #expect(throws: CancellationError.self) { try await cancelled { try recommender.foldIn(profile) } }
        let user = try #require(try recommender.foldIn(profile)).user
        await #expect(throws: CancellationError.self) {
            try await cancelled {
                try withTemporaryMemory(of: Float.self, count: 3_000) { scores throws(CancellationError) in
                    try recommender.factors.score(user, into: scores)
                }
            }
        }
        #expect(try recommender.best(9, for: profile, filter: nil) == expected)
    }
}
