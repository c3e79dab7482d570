import Testing

@testable import Recommenders

@Suite struct SimilarUserTests {
    @Test(arguments: [Similarity.cosine, .pearson])
    func theNearestWhoAgreedAreToldWithoutTheirNames(similarity: Similarity) throws {
        let sample = try ListSample(seed: 3)
        let dataset = sample.engine.dataset
        var query = RecommendationQuery(similarity: similarity)
        query.genres = ["a", "b"]
        for profile in sample.profiles {
            var parameters = sample.engine.userNeighborParameters(for: query)
            parameters.neighbours = 1000
            let recommender = UserNeighborRecommender(ratings: dataset.ratings, scale: dataset.scale)
            let nearest = try recommender.neighbours(of: profile, parameters: parameters).filter { $0.user % 3 == 0 }.prefix(4)
            let found = try sample.engine.similarUsers(to: profile, count: 4, query: query) {
                Int($0.rawValue.dropFirst())! % 3 == 0
            }
            #expect(found.map(\.similarity) == nearest.map { Double($0.similarity) })
            for (user, neighbour) in zip(found, nearest) {
                let theirs = dataset.ratings.profile(of: Int(neighbour.user))
                let shared = theirs.items.filter { profile.code(of: $0) != nil }
                #expect(user.sharedItems == shared.count)
                func lower(_ item: UInt32) -> UInt8 { min(theirs.code(of: item)!, profile.code(of: item)!) }
                func isLiked(_ code: UInt8) -> Bool { dataset.scale.value(of: code) > dataset.scale.neutral }
                let liked = shared.filter { isLiked(lower($0)) }.sorted { (lower($0), $1) > (lower($1), $0) }
                #expect(user.likedByBoth == liked.prefix(10).map(sample.id))
                let best = theirs.items.filter {
                    profile.code(of: $0) == nil && !profile.dismissed.contains($0) && isLiked(theirs.code(of: $0)!)
                        && !Set(sample.entry($0).genres).isDisjoint(with: ["a", "b"])
                }.sorted { (theirs.code(of: $0)!, $1) > (theirs.code(of: $1)!, $0) }
                #expect(user.best == best.prefix(10).map(sample.id))
            }
        }
        #expect(try sample.engine.similarUsers(to: sample.profiles[0], count: 4, query: query) { _ in false }.isEmpty)
    }
}
