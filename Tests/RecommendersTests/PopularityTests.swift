import Recommenders
import Testing

@Suite struct PopularityTests {
    // Item 0: codes 2, 2, 2. Item 1: 10, 8. Item 2: 10, 10. Item 3: 10, 8. Item 4: none. Item 5: 10.
    let sample = UserNeighborSample(
        "", scale: .halfStars, itemCount: 6,
        users: [[0: 2, 1: 10, 2: 10], [0: 2, 1: 8, 2: 10], [0: 2, 3: 10], [3: 8, 5: 10]])

    private func popularity(_ parameters: PopularityParameters = .init()) -> Popularity {
        Popularity(ratings: sample.matrix, scale: .halfStars, parameters: parameters)
    }

    private func items(_ entries: [TopK.Entry]) -> [UInt32] { entries.map(\.element) }

    @Test func putsTheMostRatedFirstThenTheHigherMeanThenTheLowerIndex() {
        #expect(items(popularity().best(9, for: Profile([:]), filter: nil)) == [0, 2, 1, 3, 5])
    }

    @Test func leavesOutWhatTheProfileHoldsAndWhatTheFilterRefuses() {
        var filter = ItemFilter(itemCount: 6)
        for item in [0, 1, 4, 5] { filter.admit(UInt32(item)) }
        #expect(items(popularity().best(2, for: Profile([2: 1]), filter: nil)) == [0, 1])
        #expect(items(popularity().best(9, for: Profile([0: 1]), filter: filter)) == [1, 5])
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func ranksAsTheDefinitionSays(seed: UInt64) {
        let ratings = RandomDataset.matrix(users: 9, items: 40, density: 0.3, maximumCode: 5, seed: seed)
        let codes = (0..<40).map { item in zip(ratings.items, ratings.rowCodes).filter { $0.0 == item }.map { Double($0.1) } }
        func mean(_ codes: [Double]) -> Double { codes.reduce(0, +) / Double(codes.count) }
        let order = codes.indices.filter { !codes[$0].isEmpty }
            .sorted { (codes[$0].count, mean(codes[$0]), $1) > (codes[$1].count, mean(codes[$1]), $0) }
        let popularity = Popularity(ratings: ratings, scale: .halfStars)
        #expect(popularity.best(40, for: Profile([:]), filter: nil).map { Int($0.element) } == order)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 40) { scores in
            #expect(popularity.score(Profile([:]), into: scores))
            #expect(codes.indices.allSatisfy { (scores[$0] == -.infinity) == codes[$0].isEmpty })
            #expect(order.sorted { (scores[$0], $1) > (scores[$1], $0) } == order)
        }
    }

    /// Three old ratings of item 0, two new ones of item 1; a day is 86,400 seconds.
    @Test func countsOldRatingsLess() {
        let ratings = RatingMatrix(
            itemCount: 2, rowStarts: [0, 2, 4, 5], items: [0, 1, 0, 1, 0], rowCodes: [5, 5, 5, 5, 5],
            rowTimes: [864_000, 1_728_000, 864_000, 1_728_000, 864_000])
        func best(_ halfLifeDays: Double?) -> [TopK.Entry] {
            Popularity(ratings: ratings, scale: .halfStars, parameters: PopularityParameters(halfLifeDays: halfLifeDays))
                .best(2, for: Profile([:]), filter: nil)
        }
        #expect(items(best(nil)) == [0, 1])
        #expect(items(best(1000)) == [0, 1])
        #expect(items(best(10)) == [1, 0])
        // Ten days are one half-life: what counted 3 counts 1.5, and the mean adds 5 of 11.
        #expect(abs(best(10)[1].score - (1.5 + 5 / 11)) < 1e-5)
    }

    @Test func changesNothingWhereNoTimesAreKnown() {
        #expect(
            popularity(.init(halfLifeDays: 1)).best(9, for: Profile([:]), filter: nil)
                == popularity().best(9, for: Profile([:]), filter: nil))
    }

    @Test func isEmptyWithoutRatings() {
        let none = RatingMatrix(itemCount: 3, rowStarts: [0], items: [], rowCodes: [])
        #expect(Popularity(ratings: none, scale: .halfStars).best(5, for: Profile([:]), filter: nil) == [])
    }
}
