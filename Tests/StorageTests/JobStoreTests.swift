import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite struct JobStoreTests {
    @Test(arguments: Backend.available) func givesBackEveryKindOfRecord(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            var ratings = JobRecord(
                id: .random(), kind: .ratings, status: .succeeded, attempt: 3, user: try someUser("\"\\\n\u{0}/é😀"),
                createdAt: .now,
                request: .ratings(count: 2, version: .at(77), refresh: true))
            ratings.startedAt = .now
            ratings.finishedAt = .now
            ratings.result = .ratings(applied: 1, refreshed: false)
            var recommended = job(.random(), .succeeded, attempt: 1, user: try someUser())
            recommended.result = .recommendations(try list(seen: nil))
            var failed = job(.random(), .failed, attempt: 2)
            failed.request = .recommendations(
                RecommendationQuery(count: 1, algorithm: .classic, similarity: .euclidean, neighbours: 7, genres: []))
            failed.failure = JobRecord.Failure(code: "internal-error", detail: "it \"broke\"\t\u{1F}")
            for record in [ratings, recommended, failed] {
                #expect(try await stores.record(of: record.id) == nil)
                #expect(try await stores.advance(to: record) == nil)
                #expect(try await stores.record(of: record.id) == record)
            }
        }
    }

    @Test(arguments: Backend.available) func answersManyInTheirOrder(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let records = (0..<50).map { _ in job() }
            for record in records { _ = try await stores.advance(to: record) }
            let missing = JobID.random()
            let answer = try await stores.records(of: [missing] + records.reversed().map(\.id) + [records[0].id])
            #expect(answer == [nil] + records.reversed() + [records[0]])
            #expect(try await stores.records(of: []).isEmpty)
        }
    }

    @Test(arguments: Backend.available) func advancesManyInTheirOrder(_ backend: Backend) async throws {
        try await backend.withStores { stores async throws in
            let (first, second) = (JobID.random(), JobID.random())
            let records = [
                job(first, .queued), job(second, .running, attempt: 1), job(first, .running, attempt: 1), job(second, .queued),
                job(first, .failed, attempt: 1), job(first, .succeeded, attempt: 1),
            ]
            #expect(try await stores.advance(to: records) == [nil, nil, nil, .running, nil, .failed])
            #expect(try await stores.records(of: [first, second]) == [records[4], records[1]])
            #expect(try await stores.advance(to: []).isEmpty)
        }
    }

    @Test(arguments: Backend.available) func saysWhatStaysWhenItRefuses(_ backend: Backend) async throws {
        try await backend.withStores { stores async throws in
            let id = JobID.random()
            #expect(try await stores.advance(to: job(id, .running, attempt: 1)) == nil)
            #expect(try await stores.advance(to: job(id, .queued)) == .running)
            #expect(try await stores.advance(to: job(id, .running, attempt: 1)) == .running)
            #expect(try await stores.advance(to: job(id, .retrying, attempt: 1)) == nil)
            #expect(try await stores.advance(to: job(id, .running, attempt: 12)) == nil)
            #expect(try await stores.advance(to: job(id, .cancelled, attempt: 1)) == nil)
            for late in [JobStatus.succeeded, .failed, .expired, .running] {
                #expect(try await stores.advance(to: job(id, late, attempt: 12)) == .cancelled)
            }
            #expect(try await stores.record(of: id)?.status == .cancelled)
        }
    }

    @Test(arguments: Backend.available, 0..<8)
    func onlyMovesForwardWhateverTheOrderAndRepetition(_ backend: Backend, seed: Int) async throws {
        try await backend.withStores { stores in
            var generator = SeededGenerator(seed: UInt64(seed))
            let id = JobID.random()
            var writes = [job(id, .queued), job(id, .succeeded, attempt: 3)]
            for attempt in 1...60 { writes += [job(id, .running, attempt: attempt), job(id, .retrying, attempt: attempt)] }
            let count = Int.random(in: 1...writes.count, using: &generator)
            let chosen = writes.shuffled(using: &generator).prefix(count)
            var highest = -1
            for record in (chosen + chosen).shuffled(using: &generator) {
                let refused = try await stores.advance(to: record)
                #expect((refused == nil) == (record.rank > highest))
                highest = max(highest, record.rank)
                #expect(try await stores.record(of: id)?.rank == highest)
            }
        }
    }

    @Test(arguments: Backend.available) func ofManyEndsExactlyOneWins(_ backend: Backend) async throws {
        try await backend.withStores { stores in
            let id = JobID.random()
            let ends = JobStatus.allCases.filter(\.isEnd)
            let winners = try await withThrowingTaskGroup(of: JobStatus?.self) { group in
                for number in 0..<40 {
                    let end = ends[number % ends.count]
                    group.addTask { try await stores.advance(to: job(id, end, attempt: 1)) == nil ? end : nil }
                }
                var winners: [JobStatus] = []
                for try await winner in group { winners += winner.map { [$0] } ?? [] }
                return winners
            }
            #expect(winners.count == 1)
            #expect(try await stores.record(of: id)?.status == winners.first)
        }
    }

    @Test func inMemoryARecordExpiresAnHourAfterItsEndAndNotBefore() async throws {
        let clock = ManualClock()
        let stores = InMemoryStorage(now: { clock.now })
        let id = JobID.random()
        _ = try await stores.advance(to: job(id, .queued))
        clock.advance(by: .seconds(6 * 24 * 3600))
        #expect(try await stores.record(of: id)?.status == .queued)
        _ = try await stores.advance(to: job(id, .succeeded, attempt: 1))
        clock.advance(by: .seconds(3000))
        _ = try await stores.advance(to: job(id, .queued))  // refused, so it prolongs nothing
        #expect(try await stores.record(of: id)?.status == .succeeded)
        clock.advance(by: .seconds(600))
        #expect(try await stores.record(of: id) == nil)
        #expect(try await stores.advance(to: job(id, .queued)) == nil)
    }
}
