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
        let sample = UserNeighborSample("ml-latest-small", scale: .halfStars, itemCount: ratings.itemCount, users: users)
        let recommender = sample.recommender
        let naive = sample.naive
        for similarity in Similarity.allCases {
            let parameters = UserNeighborParameters(
                similarity: similarity, neighbours: 20, shrinkage: UserNeighborParameters.usualShrinkage(for: similarity),
                order: .agreement(similarityPower: 4))
            for parameters in [parameters] + (similarity == .pearson ? [.classic] : []) {
                for row in stride(from: 0, to: sample.users.count, by: 300) {
                    let profile = Profile(sample.users[row], row: UInt32(row))
                    let found = recommender.recommend(for: profile, count: 10, parameters: parameters).items
                    let expected = naive.recommend(for: sample.ratings(of: profile), row: row, count: 10, parameters)
                    #expect(found.count == 10)
                    #expect(found.map(\.item) == expected.map(\.item), "user \(row), \(parameters)")
                    #expect(areClose(found.map(\.score), expected.map(\.score)))
                    #expect(areClose(found.compactMap(\.predictedRating), expected.map(\.predictedRating)))
                    #expect(areClose(found.compactMap(\.matchPercent), expected.map(\.matchPercent)))
                    #expect(found.map { $0.because.map { profile.items[$0] } } == expected.map(\.because))
                }
            }
        }
        for row in sample.users.indices {
            let profile = Profile(sample.users[row], row: UInt32(row))
            let parameters = UserNeighborParameters(similarity: .cosine, neighbours: 20, order: .agreement(similarityPower: 4))
            #expect(recommender.recommend(for: profile, count: 20, parameters: parameters).items.count == 20)
        }
    }
}
