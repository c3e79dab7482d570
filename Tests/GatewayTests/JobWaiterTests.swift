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
            for id in ids { group.addTask { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(30)).record } }
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

    /// Six thousand who wait, of whom a thousand for the same job: what it costs depends on time and on how many go into one read.
    @Test func holdsThousandsOfWaitersInFewReads() async throws {
        let ids = (0..<5000).map { _ in JobID.random(at: .now + .seconds(-60)) }
        for id in ids { try await put(id, .queued, createdAt: .now + .seconds(-60)) }
        try await withThrowingTaskGroup(of: JobID?.self) { group in
            for id in ids + [JobID](repeating: ids[0], count: 1000) {
                group.addTask { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(60)).record?.id }
            }
            try await waitUntil("all wait") { await waiter.count == 6000 }
            let (start, before) = (ContinuousClock.now, store.reads.load(ordering: .relaxed))
            try await waitUntil(within: .seconds(30), "a while") { ContinuousClock.now - start > .milliseconds(500) }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            // Each job four times a second, 512 at a time: 40 reads; more where those that came at different times are not read together.
            #expect(Double(store.reads.load(ordering: .relaxed) - before) < 500 * seconds)
            for id in ids { try await put(id, .succeeded) }
            var ended: [JobID: Int] = [:]
            for try await id in group { ended[try #require(id), default: 0] += 1 }
            #expect(ended.count == 5000)
            #expect(ended[ids[0]] == 1001)
        }
        #expect(await waiter.count == 0)
    }

    @Test func saysWhenThereIsNoSuchJob() async throws {
        let id = JobID.random()
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(30)) == .missing)
        async let patient = waiter.record(of: id, reaching: 99, within: .seconds(30), mayBeMissing: true)
        try await waitUntil("it looks") { store.reads.load(ordering: .relaxed) > 3 }
        try await put(id, .succeeded)
        #expect(await patient.record?.status == .succeeded)
    }

    @Test func readsOnlyWhileSomebodyWaits() async throws {
        let id = JobID.random()
        try await put(id, .succeeded)
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(10)).record?.status == .succeeded)
        let reads = store.reads.load(ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(30))
        #expect(store.reads.load(ordering: .relaxed) == reads)
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(10)).record?.status == .succeeded)
    }

    @Test func readsOldJobsLessOften() async throws {
        for (age, interval) in [(0, 2), (16, 2), (80, 10), (800, 100), (2000, 250), (30_000, 250)] {
            #expect(JobWaiter.interval(atAge: .milliseconds(age)) == .milliseconds(interval))
        }
        let id = JobID.random()
        try await put(id, .queued)
        #expect(await waiter.record(of: id, reaching: 99, within: .seconds(1)) == .nothing)
        // About 8 · ln(800 ms / 16 ms) + 8 + 2 reads; fewer on a busy machine.
        #expect(store.reads.load(ordering: .relaxed) < 80)
    }

    @Test func givesUpWhenTheTimeIsOver() async throws {
        let start = ContinuousClock.now
        #expect(await waiter.record(of: .random(), reaching: 99, within: .milliseconds(50), mayBeMissing: true) == .nothing)
        #expect(ContinuousClock.now - start >= .milliseconds(50))
        #expect(await waiter.count == 0)
    }

    @Test func waitsForAnyRank() async throws {
        let id = JobID.random()
        try await put(id, .running)
        async let started = waiter.record(of: id, reaching: 1, within: .seconds(10))
        async let ended = waiter.record(of: id, reaching: 99, within: .seconds(10))
        #expect(await started.record?.status == .running)
        try await put(id, .failed)
        #expect(await ended.record?.status == .failed)
    }

    @Test func letsGoOfWhoIsCancelled() async throws {
        let id = JobID.random()
        let task = Task { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(30), mayBeMissing: true) }
        let other = Task { [waiter] in await waiter.record(of: id, reaching: 99, within: .seconds(30), mayBeMissing: true) }
        try await waitUntil("both wait") { await waiter.count == 2 }
        let start = ContinuousClock.now
        task.cancel()
        #expect(await task.value == .nothing)
        #expect(ContinuousClock.now - start < .seconds(15))
        #expect(await waiter.count == 1)
        try await put(id, .succeeded)
        #expect(await other.value.record?.status == .succeeded)
        let late = Task { [waiter] in
            withUnsafeCurrentTask { $0?.cancel() }
            return await waiter.record(of: id, reaching: 99, within: .seconds(30))
        }
        #expect(await late.value == .nothing)
    }

    @Test func sendsEverybodyAwayAtTheEnd() async throws {
        let tasks = (0..<10).map { _ in
            Task { [waiter] in await waiter.record(of: .random(), reaching: 99, within: .seconds(30), mayBeMissing: true) }
        }
        try await waitUntil("all wait") { await waiter.count == 10 }
        await waiter.close()
        for task in tasks { #expect(await task.value == .nothing) }
        #expect(await waiter.record(of: .random(), reaching: 99, within: .seconds(30)) == .nothing)
    }

    @Test func outlastsAStorageThatFails() async throws {
        let id = JobID.random()
        store.isBroken.store(true, ordering: .relaxed)
        async let record = waiter.record(of: id, reaching: 99, within: .seconds(10))
        try await waitUntil("it was tried") { store.reads.load(ordering: .relaxed) > 1 }
        store.isBroken.store(false, ordering: .relaxed)
        try await put(id, .succeeded)
        #expect(await record.record?.status == .succeeded)
        store.isBroken.store(true, ordering: .relaxed)
        #expect(await waiter.record(of: id, reaching: 99, within: .milliseconds(150)) == .nothing)
    }

    private func put(_ id: JobID, _ status: JobStatus, createdAt: Timestamp = .now) async throws {
        let record = JobRecord(
            id: id, kind: .recommendations, status: status, attempt: status == .queued ? 0 : 1, user: nil, createdAt: createdAt,
            request: .recommendations(RecommendationQuery()))
        _ = try await store.advance(to: record)
    }
}

extension JobWaiter.Sight {
    /// What was waited for, if it came.
    fileprivate var record: JobRecord? { if case .reached(let record) = self { record } else { nil } }
}
