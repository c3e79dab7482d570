import Jobs
import Recommenders
import Storage
import Synchronization
import Testing

@testable import Worker

@Suite struct GenerationTests {
    /// Whoever computes goes on with what it began with; the next takes what is new.
    @Test func eachJobTakesTheNewestEngineOnce() async throws {
        let fixture = try WorkerFixture()
        let engines = Mutex<[ServedEngine]>([ServedEngine(RecommendationEngine(dataset: fixture.dataset))])
        let taken = Mutex(0)
        let handler = JobHandler(
            engine: {
                taken.withLock { $0 += 1 }
                return engines.withLock { $0[$0.count - 1] }
            }, profiles: fixture.storage, impressions: fixture.storage, visibility: fixture.storage, removal: fixture.storage,
            results: fixture.storage, metrics: WorkerMetrics())
        #expect(try await handler.carryOut(fixture.ratingJob([("a1", 5)]), attempt: 1) == .succeeded)
        let first = try #require(try await fixture.storage.list(for: fixture.user)).list
        #expect(taken.withLock { $0 } == 1)

        // Of this data set everybody loves "b".
        let smaller = fixture.dataset.keeping { $0.hasPrefix("b") }
        engines.withLock { $0.append(ServedEngine(RecommendationEngine(dataset: smaller))) }
        #expect(try await handler.carryOut(fixture.ratingJob([("a2", 5)], milliseconds: 2000), attempt: 1) == .succeeded)
        let second = try #require(try await fixture.storage.list(for: fixture.user)).list
        #expect(taken.withLock { $0 } == 2)
        #expect(first.items.contains { $0.item.rawValue.hasPrefix("a") })
        #expect(!second.items.isEmpty && second.items.allSatisfy { $0.item.rawValue.hasPrefix("b") })
    }
}

extension Dataset {
    /// The same users with some of the items.
    fileprivate func keeping(_ isKept: (String) -> Bool) -> Dataset {
        let kept = items.ids.indices.filter { isKept(items.ids[$0].rawValue) }
        var starts = [0]
        var (places, codes): ([UInt32], [UInt8]) = ([], [])
        for user in 0..<ratings.userCount {
            for place in ratings.row(user) {
                guard let item = kept.firstIndex(of: Int(ratings.items[place])) else { continue }
                places.append(UInt32(item))
                codes.append(ratings.rowCodes[place])
            }
            starts.append(places.count)
        }
        return Dataset(
            name: name, scale: scale, users: users, items: Vocabulary(kept.map { items.ids[$0] }),
            ratings: RatingMatrix(itemCount: kept.count, rowStarts: starts, items: places, rowCodes: codes),
            catalogue: Catalogue(itemKind: "thing", entries: kept.map { catalogue.entries[$0] }))
    }
}
