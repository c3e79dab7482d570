import Jobs
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Worker

/// The mark by which a job is known that may have ended its worker.
@Suite struct MarkTests {
    @Test func isThereBeforeAnythingElseIsDone() async throws {
        let fixture = try WorkerFixture()
        let job = try fixture.ratingJob([("a1", 5)])
        let profiles = WitnessProfiles(storage: fixture.storage, job: job.id)
        let handler = fixture.handler(profiles: profiles, results: SlowResults(storage: fixture.storage))
        #expect(try await handler.carryOut(job, attempt: 2) == .succeeded)
    }
}

/// Profiles that refuse while the job's record does not say that somebody is at it.
private struct WitnessProfiles: ProfileStore {
    let storage: InMemoryStorage
    let job: JobID

    func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile {
        guard try await storage.record(of: job)?.status == .running else { throw StorageError(.rejected, "not marked") }
        return try await storage.apply(updates, for: user)
    }

    func profile(of user: UserID) async throws(StorageError) -> LiveProfile { try await storage.profile(of: user) }
}

/// Records that take their time to be written.
private struct SlowResults: JobResultStore {
    let storage: InMemoryStorage

    func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? {
        await takeTime()
        return try await storage.advance(to: record)
    }

    func advance(
        to records: [JobRecord], saving list: StoredList?, for user: UserID?, lifetime: Duration
    ) async throws(StorageError) -> [JobStatus?] {
        await takeTime()
        return try await storage.advance(to: records, saving: list, for: user, lifetime: lifetime)
    }

    private func takeTime() async { try? await Task.sleep(for: .milliseconds(50)) }

    func record(of id: JobID) async throws(StorageError) -> JobRecord? { try await storage.record(of: id) }

    func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] { try await storage.records(of: ids) }

    func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError) {
        try await storage.save(list, for: user, lifetime: lifetime)
    }

    func list(for user: UserID) async throws(StorageError) -> StoredList? { try await storage.list(for: user) }
}
