import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct IdempotencyStoreTests {
    @Test(arguments: Backend.available) func keepsTheFirstClaim(_ backend: Backend) async throws {
        try await backend.withClaims { (store) async throws in
            let (key, other) = (someKey(), someKey())
            let (first, second) = (claim("a"), claim("b"))
            #expect(try await store.replace(nil, with: first, under: key, lifetime: .seconds(60)) == nil)
            #expect(try await store.replace(nil, with: second, under: key, lifetime: .seconds(60)) == first)
            #expect(try await store.replace(nil, with: first, under: key, lifetime: .seconds(60)) == first)
            #expect(try await store.replace(nil, with: second, under: other, lifetime: .seconds(60)) == nil)
        }
    }

    @Test(arguments: Backend.available) func replacesOnlyWhatIsKnown(_ backend: Backend) async throws {
        try await backend.withClaims { (store) async throws in
            let key = someKey()
            let first = claim("a")
            var confirmed = first
            confirmed.isConfirmed = true
            #expect(try await store.replace(nil, with: first, under: key, lifetime: .seconds(60)) == nil)
            #expect(try await store.replace(claim("b"), with: claim("c"), under: key, lifetime: .seconds(60)) == first)
            #expect(try await store.replace(confirmed, with: claim("c"), under: key, lifetime: .seconds(60)) == first)
            #expect(try await store.replace(first, with: confirmed, under: key, lifetime: .seconds(60)) == nil)
            #expect(try await store.replace(nil, with: first, under: key, lifetime: .seconds(60)) == confirmed)
        }
    }

    @Test(arguments: Backend.available) func writesWhereNothingIsKeptAnyMore(_ backend: Backend) async throws {
        try await backend.withClaims { (store) async throws in
            let key = someKey()
            #expect(try await store.replace(claim("gone"), with: claim("a"), under: key, lifetime: .seconds(60)) == nil)
            #expect(try await store.replace(nil, with: claim("b"), under: key, lifetime: .seconds(60))?.fingerprint == "a")
        }
    }

    @Test(arguments: Backend.available) func letsOneOfManyWin(_ backend: Backend) async throws {
        try await backend.withClaims { (store) async throws in
            let key = someKey()
            let claims = (0..<50).map { claim("\($0)") }
            let answers = try await withThrowingTaskGroup(of: (IdempotencyClaim, IdempotencyClaim?).self) { group in
                for claim in claims {
                    group.addTask { (claim, try await store.replace(nil, with: claim, under: key, lifetime: .seconds(60))) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let winners = answers.filter { $0.1 == nil }.map(\.0)
            #expect(winners.count == 1)
            #expect(answers.compactMap(\.1).allSatisfy { $0 == winners.first })
        }
    }

    @Test(arguments: Backend.available) func forgetsAClaimInTime(_ backend: Backend) async throws {
        try await backend.withClaims { (store) async throws in
            let key = someKey()
            #expect(try await store.replace(nil, with: claim("a"), under: key, lifetime: .milliseconds(20)) == nil)
            let isForgotten = try await eventually {
                try await store.replace(nil, with: claim("b"), under: key, lifetime: .seconds(60)) == nil
            }
            #expect(isForgotten)
        }
    }

    @Test func keepsAClaimForItsLifetimeByTheClock() async throws {
        let clock = ManualClock()
        let store = InMemoryIdempotencyStore(now: { clock.now })
        let key = someKey()
        let day = Duration.seconds(24 * 3600)
        #expect(try await store.replace(nil, with: claim("a"), under: key, lifetime: day) == nil)
        clock.advance(by: day - .milliseconds(1))
        #expect(try await store.replace(nil, with: claim("b"), under: key, lifetime: day)?.fingerprint == "a")
        clock.advance(by: .milliseconds(1))
        #expect(try await store.replace(nil, with: claim("b"), under: key, lifetime: day) == nil)
    }

    @Test func keysOfTwoScopesAreTwoKeys() {
        #expect(IdempotencyKey("a", in: "x") == IdempotencyKey("a", in: "x"))
        #expect(IdempotencyKey("a", in: "x") != IdempotencyKey("a", in: "y"))
        #expect(IdempotencyKey("b", in: "a") != IdempotencyKey("", in: "ab"))
        let text = RedisKey.idempotency(IdempotencyKey("secret", in: "scope")).text
        #expect(!text.contains("secret") && !text.contains("scope"))
        #expect(text.utf8.count == "kindred:idempotency:".utf8.count + 64)
    }

    private func someKey() -> IdempotencyKey { IdempotencyKey(JobID.random().rawValue, in: "test") }

    private func claim(_ fingerprint: String) -> IdempotencyClaim {
        IdempotencyClaim(
            fingerprint: fingerprint, job: .random(), createdAt: Timestamp(milliseconds: 5),
            firstVersion: RatingVersion(clock: 1 << 60, origin: 7))
    }
}

extension Backend {
    fileprivate func withClaims(_ body: (any IdempotencyStore) async throws -> Void) async throws {
        switch self {
        case .inMemory: try await body(InMemoryIdempotencyStore())
        case .redis, .twoRedis: try await withStores { try await body(try #require($0 as? any IdempotencyStore)) }
        }
    }
}
