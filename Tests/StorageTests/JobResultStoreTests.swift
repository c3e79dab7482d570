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

    @Test(arguments: Backend.available) func endsManyJobsWithOneList(_ backend: Backend) async throws {
        try await backend.withStores { stores async throws in
            let user = try someUser()
            let saved = try list(seen: .at(7))
            let records = (1...20).map { job(.random(), .succeeded, attempt: $0, user: user) }
            // One was cancelled meanwhile, which must not cost the others anything.
            #expect(try await stores.advance(to: job(records[3].id, .cancelled, attempt: 3)) == nil)
            let found = try await stores.advance(to: records, saving: saved, for: user, lifetime: .seconds(60))
            #expect(found == records.indices.map { $0 == 3 ? .cancelled : nil })
            #expect(try await stores.list(for: user) == saved)
            let kept = try await stores.records(of: records.map(\.id))
            #expect(kept.enumerated().allSatisfy { $1 == records[$0] || ($0 == 3 && $1?.status == .cancelled) })
        }
    }

    @Test(arguments: Backend.available) func anOlderListIsNotSavedButTheJobsEnd(_ backend: Backend) async throws {
        try await backend.withStores { stores async throws in
            let user = try someUser()
            let newer = try list(["1"], seen: .at(9))
            try await stores.save(newer, for: user, lifetime: .seconds(60))
            let record = job(.random(), .succeeded, attempt: 1, user: user)
            let older = try list(["2"], seen: .at(8))
            #expect(try await stores.advance(to: [record], saving: older, for: user, lifetime: .seconds(60)) == [nil])
            #expect(try await stores.list(for: user) == newer)
            #expect(try await stores.record(of: record.id) == record)
        }
    }

    @Test(arguments: Backend.available) func needsNoList(_ backend: Backend) async throws {
        try await backend.withStores { stores async throws in
            let user = try someUser()
            let record = job(.random(), .succeeded, attempt: 1, user: user)
            #expect(try await stores.advance(to: [record], saving: nil, for: user, lifetime: .seconds(60)) == [nil])
            let saved = try list(seen: nil)
            #expect(try await stores.advance(to: [record], saving: saved, for: nil, lifetime: .seconds(60)) == [.succeeded])
            #expect(try await stores.list(for: user) == nil)
            #expect(try await stores.advance(to: [], saving: nil, for: nil, lifetime: .seconds(60)).isEmpty)
        }
    }
}
