import Jobs
import Recommenders
import ServiceRuntime
import Storage
import Synchronization
import Testing

@testable import Gateway

@Suite struct JobWaiterTests {
    /// Counts the round trips, and fails them on demand.
    final class CountingStore: JobStore {
        let storage = InMemoryStorage()
        let reads = Atomic(0)
        let largestRead = Atomic(0)
        let isBroken = Atomic(false)

        func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? { try await storage.advance(to: record) }

        func record(of id: JobID) async throws(StorageError) -> JobRecord? { try await storage.record(of: id) }

        func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] {
            reads.add(1, ordering: .relaxed)
            largestRead.max(ids.count, ordering: .relaxed)
            if isBroken.load(ordering: .relaxed) { throw StorageError(.connectionLost, "gone") }
            return try await storage.records(of: ids)
        }
    }

    let store = CountingStore()
    let waiter: JobWaiter

    init() {
        waiter = JobWaiter(jobs: store, now: { .now })
    }

    @Test func readsAllAwaitedJobsTogether() async throws {
        let ids = (0..<2000).map { _ in JobID.random() }
        for id in ids { try await put(id, .queued) }
        try await withThrowingTaskGroup(of: JobRecord?.self) { group in
            for id in ids { group.addTask { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(30)) } }
            try await waitUntil("all wait") { await waiter.count == ids.count }
            for id in ids { try await put(id, .succeeded) }
            var ended: Set<JobID> = []
            for try await record in group { ended.insert(try #require(record).id) }
            #expect(ended == Set(ids))
        }
        #expect(await waiter.count == 0)
        #expect(store.reads.load(ordering: .relaxed) < ids.count)
        #expect(store.largestRead.load(ordering: .relaxed) <= 512)
    }

    @Test func readsOnlyWhileSomebodyWaits() async throws {
        let id = JobID.random()
        try await put(id, .succeeded)
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(10))?.status == .succeeded)
        let reads = store.reads.load(ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(30))
        #expect(store.reads.load(ordering: .relaxed) == reads)
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(10))?.status == .succeeded)
    }

    @Test func readsOldJobsLessOften() async throws {
        for (age, interval) in [(0, 2), (16, 2), (80, 10), (800, 100), (30_000, 100)] {
            #expect(JobWaiter.interval(afterWaiting: .milliseconds(age)) == .milliseconds(interval))
        }
        let id = JobID.random()
        try await put(id, .queued)
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(1)) == nil)
        // About 8 · ln(800 ms / 16 ms) + 8 + 2 reads; fewer on a busy machine.
        #expect(store.reads.load(ordering: .relaxed) < 80)
    }

    @Test func givesUpWhenTheTimeIsOver() async throws {
        let start = ContinuousClock.now
        #expect(await waiter.record(of: .random(), reaching: 99, within: .milliseconds(50)) == nil)
        #expect(ContinuousClock.now - start >= .milliseconds(50))
        #expect(await waiter.count == 0)
    }

    @Test func waitsForAnyRank() async throws {
        let id = JobID.random()
        try await put(id, .running)
        async let started = waiter.record(of: id, reaching: 1, within: .seconds(10))
        async let ended = waiter.record(of: id, reaching: 99, within: .seconds(10))
        #expect(await started?.status == .running)
        try await put(id, .failed)
        #expect(await ended?.status == .failed)
    }

    @Test func letsGoOfWhoIsCancelled() async throws {
        let id = JobID.random()
        let task = Task { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(30)) }
        let other = Task { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(30)) }
        try await waitUntil("both wait") { await waiter.count == 2 }
        let start = ContinuousClock.now
        task.cancel()
        #expect(await task.value == nil)
        #expect(ContinuousClock.now - start < .seconds(15))
        #expect(await waiter.count == 1)
        try await put(id, .succeeded)
        #expect(await other.value?.status == .succeeded)
        let late = Task { [waiter] in
            withUnsafeCurrentTask { $0?.cancel() }
            return await waiter.record(of: id, reaching: 99, within: .seconds(30))
        }
        #expect(await late.value == nil)
    }

    @Test func sendsEverybodyAwayAtTheEnd() async throws {
        let tasks = (0..<10).map { _ in
            Task { [waiter] in await waiter.record(of: .random(), reaching: 99, within: .seconds(30)) }
        }
        try await waitUntil("all wait") { await waiter.count == 10 }
        await waiter.close()
        for task in tasks { #expect(await task.value == nil) }
        #expect(await waiter.record(of: .random(), reaching: 99, within: .seconds(30)) == nil)
    }

    @Test func outlastsAStorageThatFails() async throws {
        let id = JobID.random()
        store.isBroken.store(true, ordering: .relaxed)
        async let record = waiter.record(of: id, reaching: 99, within: .seconds(10))
        try await waitUntil("it was tried") { store.reads.load(ordering: .relaxed) > 1 }
        store.isBroken.store(false, ordering: .relaxed)
        try await put(id, .succeeded)
        #expect(await record?.status == .succeeded)
        store.isBroken.store(true, ordering: .relaxed)
        #expect(await waiter.record(of: id, reaching: 99, within: .milliseconds(150)) == nil)
    }

    private func put(_ id: JobID, _ status: JobStatus) async throws {
        let record = JobRecord(
            id: id, kind: .recommendations, status: status, attempt: status == .queued ? 0 : 1, user: nil, createdAt: .now,
            request: .recommendations(RecommendationQuery()))
        _ = try await store.advance(to: record)
    }
}
