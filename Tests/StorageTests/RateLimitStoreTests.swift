import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct RateLimitStoreTests {
    /// So slow that nothing is given back while a test runs.
    static let slow = RateLimit(requestsPerMinute: 1, burst: 3)
    static let wide = RateLimit(requestsPerMinute: 1, burst: 100)

    @Test(arguments: Backend.available) func takesAsManyAsItsBurst(_ backend: Backend) async throws {
        try await backend.withRateLimits { (store) async throws in
            let bucket = RateLimitBucket(scope: JobID.random().rawValue, limit: Self.slow)
            for left in [2, 1, 0] {
                let state = try await store.count(in: [bucket])[0]
                #expect(state.isOpen)
                #expect(state.remaining == left)
            }
            let refused = try await store.count(in: [bucket])[0]
            #expect(!refused.isOpen)
            #expect(refused.remaining == 0)
            #expect(refused.opensAfter > .seconds(30) && refused.opensAfter <= .seconds(60))
            #expect(refused.resetsAfter > .seconds(150) && refused.resetsAfter <= .seconds(180))
        }
    }

    @Test(arguments: Backend.available) func countsInAllBucketsOrInNone(_ backend: Backend) async throws {
        try await backend.withRateLimits { (store) async throws in
            let (busy, quiet) = (RateLimitBucket(user: try someUser(), limit: Self.slow), try someUser())
            let all = RateLimitBucket(scope: JobID.random().rawValue, limit: Self.wide)
            for _ in 0..<20 { _ = try await store.count(in: [all, busy]) }
            let states = try await store.count(in: [all, RateLimitBucket(user: quiet, limit: Self.slow)])
            #expect(states.map(\.isOpen) == [true, true])
            #expect(states.map(\.remaining) == [96, 2])  // the 17 that were refused have cost nothing
        }
    }

    @Test(arguments: Backend.available) func givesBackInTime(_ backend: Backend) async throws {
        try await backend.withRateLimits { (store) async throws in
            let bucket = RateLimitBucket(user: try someUser(), limit: RateLimit(requestsPerMinute: 3000, burst: 1))
            #expect(try await store.count(in: [bucket])[0].isOpen)
            #expect(try await eventually { try await store.count(in: [bucket])[0].isOpen })
        }
    }

    @Test(arguments: Backend.available) func nobodyIsTakenForAnotherOne(_ backend: Backend) async throws {
        try await backend.withRateLimits { (store) async throws in
            let name = JobID.random().rawValue
            let limit = RateLimit(requestsPerMinute: 1, burst: 1)
            let buckets = [
                RateLimitBucket(scope: name, limit: limit), RateLimitBucket(user: try UserID(name), limit: limit),
                RateLimitBucket(user: try UserID(name + ":"), limit: limit), RateLimitBucket(scope: "", limit: Self.wide),
            ]
            for bucket in buckets { #expect(try await store.count(in: [bucket])[0].isOpen) }
            #expect(try await store.count(in: []).isEmpty)
        }
    }

    @Test func takesItsShareByTheClock() async throws {
        let clock = ManualClock()
        let store = InMemoryRateLimitStore(now: { clock.now })
        let bucket = RateLimitBucket(scope: "a", limit: RateLimit(requestsPerMinute: 60, burst: 5))
        var taken = 0
        for _ in 0..<10_000 {
            if try await store.count(in: [bucket])[0].isOpen { taken += 1 }
            clock.advance(by: .milliseconds(10))
        }
        #expect(taken == 5 + 99)  // the burst, and one for each second that has passed since
        clock.advance(by: .seconds(3600))
        #expect(try await store.count(in: [bucket])[0].remaining == 4)
    }
}

extension Backend {
    fileprivate func withRateLimits(_ body: (any RateLimitStore) async throws -> Void) async throws {
        switch self {
        case .inMemory: try await body(InMemoryRateLimitStore())
        case .redis, .twoRedis: try await withStores { try await body(try #require($0 as? any RateLimitStore)) }
        }
    }
}
