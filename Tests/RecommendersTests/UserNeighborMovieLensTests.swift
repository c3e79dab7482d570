import Recommenders
import Testing

/// The same comparison on ratings that people gave.
@Suite(.enabled(if: RealData.smallMovieLens != nil, "needs ml-latest-small below KINDRED_DATA"))
struct UserNeighborMovieLensTests {
    @Test func agreesWithTheDefinitionsAndFillsEveryList() throws {
        let ratings = try RealData.importedSmallMovieLens.get().dataset.ratings
        let users = (0..<ratings.userCount).map { user in
            Dictionary(uniqueKeysWithValues: zip(ratings.items[ratings.row(user)], ratings.rowCodes[ratings.row(user)]))
        }
        let times = (0..<ratings.userCount).map { user in
            Dictionary(uniqueKeysWithValues: zip(ratings.items[ratings.row(user)], ratings.rowTimes[ratings.row(user)]))
        }
        let sample = UserNeighborSample(
            "ml-latest-small", scale: .halfStars, itemCount: ratings.itemCount, users: users, times: times)
        let recommender = sample.recommender
        let naive = sample.naive
        for similarity in Similarity.allCases {
            let usual = [true, false].map { UserNeighborParameters.usual(for: similarity, timesKnown: $0) }
            for parameters in usual + (similarity == .pearson ? [.classic] : []) {
                for row in stride(from: 0, to: sample.users.count, by: 600) {
                    let profile = Profile(sample.users[row], times: times[row], row: UInt32(row))
                    let found = try recommender.recommend(for: profile, count: 10, parameters: parameters).items
                    let expected = naive.recommend(
                        for: sample.ratings(of: profile), at: sample.times(of: profile), row: row, count: 10, parameters)
                    #expect(found.count == 10)
                    #expect(found.map(\.item) == expected.map(\.item), "user \(row), \(parameters)")
                    #expect(areClose(found.map(\.score), expected.map(\.score)))
                    #expect(areClose(found.compactMap(\.predictedRating), expected.map(\.predictedRating)))
                    #expect(areClose(found.compactMap(\.matchPercent), expected.map(\.matchPercent)))
                    #expect(found.map { $0.because.map { profile.items[$0] } } == expected.map(\.because))
                }
            }
        }
        let lengths = try stride(from: 0, to: sample.users.count, by: 8).map { row in
            let profile = Profile(sample.users[row], times: times[row], row: UInt32(row))
            let parameters = UserNeighborParameters.usual(for: .cosine, timesKnown: true)
            return try recommender.recommend(for: profile, count: 20, parameters: parameters).items.count
        }
        // One user disliked of late what everybody liked, and so has no neighbour at all.
        #expect(lengths.count { $0 == 20 } >= lengths.count - 1)
        #expect(lengths.allSatisfy { $0 == 20 || $0 == 0 })
    }
}
