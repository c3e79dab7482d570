import Recommenders
import Testing

@Suite struct UserNeighborScorerTests {
    let sample = UserNeighborSample("", seed: 3, users: 50, items: 90, density: 0.15, scale: .halfStars).timed(span: 5_000)
    let parameters = UserNeighborParameters.usual(for: .cosine, timesKnown: true)

    @Test func ordersLikeTheRecommender() throws {
        let recommender = sample.recommender
        let scorer = UserNeighborScorer(recommender, parameters: parameters)
        #expect(scorer.itemCount == 90)
        for profile in sample.profiles {
            let expected = try recommender.recommend(for: profile, count: 12, parameters: parameters).items
            let found = try scorer.best(12, for: profile, filter: nil)
            #expect(found.map(\.element) == expected.map(\.item))
            #expect(found.map { Double($0.score) } == expected.map(\.score))
        }
    }

    @Test func scoresWhatNeighboursRatedAndNothingElse() throws {
        let recommender = sample.recommender
        let scorer = UserNeighborScorer(recommender, parameters: parameters)
        let profile = sample.profiles[2]
        var scores = [Float](repeating: .nan, count: 90)
        let isScored = scores.withUnsafeMutableBufferPointer { scorer.answer(profile, into: $0) }
        #expect(isScored)
        let neighbours = try recommender.neighbours(of: profile, parameters: parameters)
        let rated = Set(neighbours.flatMap { sample.users[Int($0.user)].keys })
        for item in 0..<90 { #expect(rated.contains(UInt32(item)) ? scores[item] > 0 : scores[item] == -.infinity) }
    }

    @Test func saysWhenNobodyIsNear() throws {
        let scorer = UserNeighborScorer(sample.recommender, parameters: parameters)
        var scores = [Float](repeating: 1, count: 90)
        let isScored = scores.withUnsafeMutableBufferPointer { scorer.answer(Profile([:]), into: $0) }
        #expect(!isScored)
    }
}
