import Jobs
import Recommenders
import ServiceRuntime
import Testing

@testable import Storage

@Suite struct JobResultStoreTests {
    @Test(arguments: Backend.available) func keepsListAndEndTogether(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let user = try someUser()
            let list = StoredList(
                generatedAt: Timestamp(milliseconds: 5),
                list: RecommendationList(algorithm: .popularity, items: [Recommendation(item: try ItemID("a"), score: 1)]))
            var record = JobRecord(
                id: .random(), kind: .ratings, user: user, createdAt: Timestamp(milliseconds: 1),
                request: .ratings(count: 1, version: RatingVersion(clock: 1, origin: 1), refresh: true))
            record.status = .succeeded
            #expect(try await stores.advance(to: record, saving: list, for: user, lifetime: .seconds(60)) == nil)
            #expect(try await stores.list(for: user) == list)
            #expect(try await stores.record(of: record.id) == record)

            record.status = .failed
            #expect(try await stores.advance(to: record, saving: list, for: user, lifetime: .seconds(60)) == .succeeded)
            #expect(try await stores.record(of: record.id)?.status == .succeeded)
        }
    }
}
