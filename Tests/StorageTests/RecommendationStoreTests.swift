import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct RecommendationStoreTests {
    @Test(arguments: Backend.available) func givesBackWhatWasSaved(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            #expect(try await stores.list(for: user) == nil)
            let saved = try list(seen: .at(5))
            try await stores.save(saved, for: user, lifetime: .seconds(60))
            #expect(try await stores.list(for: user) == saved)
        }
    }

    @Test(arguments: Backend.available) func keepsEveryNumberAndNothing(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let items = [
                Recommendation(item: try ItemID("a"), score: 0.1 + 0.2),
                Recommendation(item: try ItemID("b"), score: -1e-300, predictedRating: 1e300, matchPercent: 100.0 / 3),
            ]
            let saved = StoredList(
                generatedAt: Timestamp(milliseconds: -1), list: RecommendationList(algorithm: .popularity, items: items))
            try await stores.save(saved, for: user, lifetime: .seconds(60))
            #expect(try await stores.list(for: user) == saved)
        }
    }

    @Test(arguments: Backend.available) func anOlderListNeverReplacesANewerOne(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let newer = try list(["1"], seen: .at(7), madeAt: 1)
            try await stores.save(newer, for: user, lifetime: .seconds(60))
            for version in [.at(6), .at(7, origin: 0), nil] as [RatingVersion?] {
                try await stores.save(list(["2"], seen: version, madeAt: 2), for: user, lifetime: .seconds(60))
                #expect(try await stores.list(for: user) == newer)
            }
            let sameRatings = try list(["3"], seen: .at(7), madeAt: 3)
            try await stores.save(sameRatings, for: user, lifetime: .seconds(60))
            #expect(try await stores.list(for: user) == sameRatings)
        }
    }

    @Test(arguments: Backend.available, 0..<4) func theNewestStaysWhateverTheOrder(_ backend: Backend, seed: Int) async throws {
        try await backend.withStores { stores in
            var generator = SeededGenerator(seed: UInt64(seed))
            let user = try someUser()
            let lists = try (0..<12).map { try list(["\($0)"], seen: $0 == 0 ? nil : .at(UInt64($0))) }
            for item in (lists + lists).shuffled(using: &generator) {
                try await stores.save(item, for: user, lifetime: .seconds(60))
            }
            #expect(try await stores.list(for: user) == lists[11])
        }
    }

    @Test(arguments: Backend.available) func aListLivesAsLongAsItsWriterSays(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            try await stores.save(list(seen: .at(9)), for: user, lifetime: .milliseconds(20))
            #expect(try await eventually { try await stores.list(for: user) == nil })
            let older = try list(seen: .at(1))
            try await stores.save(older, for: user, lifetime: .seconds(60))
            #expect(try await stores.list(for: user) == older)
        }
    }

    @Test func inMemoryAListExpiresByTheGivenClock() async throws {
        let clock = ManualClock()
        let stores = InMemoryStorage(now: { clock.now })
        let user = try someUser()
        try await stores.save(list(seen: nil), for: user, lifetime: .seconds(60))
        clock.advance(by: .milliseconds(59_999))
        #expect(try await stores.list(for: user) != nil)
        clock.advance(by: .milliseconds(1))
        #expect(try await stores.list(for: user) == nil)
    }

    @Test(arguments: Backend.available) func keepsBigLists(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let big = try list((0..<5000).map { "\($0)" + String(repeating: "é", count: 60) }, seen: .at(5))
            try await stores.save(big, for: user, lifetime: .seconds(60))
            #expect(try await stores.list(for: user) == big)
        }
    }
}
