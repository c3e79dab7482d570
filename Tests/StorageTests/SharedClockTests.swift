import Recommenders
import Testing

@testable import Storage

@Suite struct SharedClockTests {
    @Test(arguments: Backend.available) func keepsTheLatest(_ backend: Backend) async throws {
        switch backend {
        case .inMemory: try await check(InMemorySharedClock())
        case .redis, .twoRedis: try await backend.withStores { try await check(try #require($0 as? any SharedClock)) }
        }
    }

    /// Other tests may have moved the clock of the same Redis, but never to where this one does.
    private func check(_ clock: any SharedClock) async throws {
        let known = try await clock.latest(raisedTo: RatingVersion(clock: 0, origin: 0))
        let base = max(known.clock, 1 << 61)
        for (step, origin, expected) in [(10, 2, (10, 2)), (5, 9, (10, 2)), (10, 1, (10, 2)), (10, 3, (10, 3)), (11, 0, (11, 0))] {
            let version = RatingVersion(clock: base + UInt64(step), origin: UInt32(origin))
            let latest = try await clock.latest(raisedTo: version)
            #expect(latest == RatingVersion(clock: base + UInt64(expected.0), origin: UInt32(expected.1)))
        }
    }
}
