import Foundation
import Testing

@testable import Recommenders

@Suite struct TrendingTests {
    @Test(arguments: [0.5, 30, 4000]) func everyHalfLifeHalvesARating(halfLifeDays: Double) throws {
        let sample = UserNeighborSample("", seed: 3, users: 40, items: 60, density: 0.2, scale: .halfStars)
            .timed(span: 300_000_000)
        let trending = Trending(ratings: sample.matrix, parameters: TrendingParameters(halfLifeDays: halfLifeDays))
        var scores = [Float](repeating: 0, count: 60)
        #expect(scores.withUnsafeMutableBufferPointer { trending.answer(Profile([:]), into: $0) })
        let newest = sample.times.flatMap(\.values).max()!
        for item in 0..<UInt32(60) {
            let ages = sample.times.compactMap { $0[item] }.map { Double(newest - $0) / 86_400 }
            let expected = ages.map { pow(0.5, $0 / halfLifeDays) }.reduce(0, +)
            if ages.isEmpty {
                #expect(scores[Int(item)] == -.infinity)
            } else {
                // Ages are counted in steps of a 64th of the half life.
                #expect(abs(Double(scores[Int(item)]) - expected) <= 0.011 * expected + 1e-9)
            }
        }
    }

    @Test func withoutTimesNothingIsTrending() throws {
        let sample = UserNeighborSample("", seed: 3, users: 9, items: 20, density: 0.4, scale: .halfStars)
        let dataset = try Dataset(
            name: "", scale: .halfStars, users: Vocabulary((0..<9).map { try UserID("u\($0)") }),
            items: Vocabulary((0..<20).map { try ItemID("i\($0)") }), ratings: sample.matrix,
            catalogue: Catalogue(itemKind: "item", entries: (0..<20).map { CatalogueEntry(title: "\($0)") }))
        let engine = RecommendationEngine(dataset: dataset)
        #expect(!engine.library.algorithms.contains(.trending))
        let list = try engine.recommend(for: Profile([:]), query: .init(count: 3, algorithm: .trending))
        #expect(list.fallback == .popularity && list.items.count == 3)
    }
}
