import Recommenders
import Testing

@Suite struct PopularityTests {
    // Item 0: codes 2, 2, 2. Item 1: 10, 8. Item 2: 10, 10. Item 3: 10, 8. Item 4: none. Item 5: 10.
    let popularity = Popularity(
        ratings: UserNeighborSample(
            "", scale: .halfStars, itemCount: 6,
            users: [[0: 2, 1: 10, 2: 10], [0: 2, 1: 8, 2: 10], [0: 2, 3: 10], [3: 8, 5: 10]]
        ).matrix, scale: .halfStars)

    @Test func putsTheMostRatedFirstThenTheHigherMeanThenTheLowerIndex() {
        #expect(popularity.ranking.map(\.item) == [0, 2, 1, 3, 5])
        #expect(popularity.ranking.map(\.score) == [3, 2, 2, 2, 1])
    }

    @Test func drawsMeansTowardsTheMeanOfAllRatings() {
        let mean = (3 * 1.0 + 5 + 4 + 5 + 5 + 5 + 4 + 5) / 10
        let expected = [(3.0 + 5 * mean) / 8, (10 + 5 * mean) / 7, (9 + 5 * mean) / 7, (9 + 5 * mean) / 7, (5 + 5 * mean) / 6]
        #expect(areClose(popularity.ranking.compactMap(\.predictedRating), expected))
        #expect(popularity.ranking.allSatisfy { $0.matchPercent == nil && $0.because.isEmpty })
    }

    @Test func leavesOutWhatTheProfileHoldsAndWhatTheFilterRefuses() {
        var filter = ItemFilter(itemCount: 6)
        for item in [0, 1, 4, 5] { filter.admit(UInt32(item)) }
        #expect(popularity.recommend(for: Profile([2: 1]), count: 2).map(\.item) == [0, 1])
        #expect(popularity.recommend(for: Profile([0: 1]), count: 9, filter: filter).map(\.item) == [1, 5])
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func ranksAsTheDefinitionSays(seed: UInt64) {
        let ratings = RandomDataset.matrix(users: 9, items: 40, density: 0.3, maximumCode: 5, seed: seed)
        let codes = (0..<40).map { item in zip(ratings.items, ratings.rowCodes).filter { $0.0 == item }.map { Double($0.1) } }
        func mean(_ codes: [Double]) -> Double { codes.reduce(0, +) / Double(codes.count) }
        let order = codes.indices.filter { !codes[$0].isEmpty }
            .sorted { (codes[$0].count, mean(codes[$0]), $1) > (codes[$1].count, mean(codes[$1]), $0) }
        #expect(Popularity(ratings: ratings, scale: .halfStars).ranking.map { Int($0.item) } == order)
    }

    @Test func isEmptyWithoutRatings() {
        let none = RatingMatrix(itemCount: 3, rowStarts: [0], items: [], rowCodes: [])
        #expect(Popularity(ratings: none, scale: .halfStars).recommend(for: Profile([:]), count: 5) == [])
    }
}
