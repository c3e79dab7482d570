import Jobs
import ServiceRuntime
import Storage

/// Lets any number of requests wait for jobs without a thread or a round trip each.
///
/// One loop reads the records of all awaited jobs together, and runs only while somebody waits: a young job every two
/// milliseconds, an older one less often, down to four times a second. The jobs stand in a ring of time slots (after Varghese and
/// Lauck 1987), so that a turn costs what is due and not what waits.
actor JobWaiter {
    /// What came of waiting.
    enum Sight: Sendable, Equatable {
        case reached(JobRecord)
        /// There is no such job, or no longer.
        case missing
        /// The time was over, the caller was cancelled, or the process shuts down.
        case nothing
    }

    private struct Waiter {
        let number: UInt64
        let rank: Int
        let mayBeMissing: Bool
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Sight, Never>
    }

    private struct Awaited {
        let since: ContinuousClock.Instant
        var dueTick: Int
        var waiters: [Waiter]
    }

    private static let tick = Duration.milliseconds(2)
    private static let longestInterval = Duration.milliseconds(250)
    private static let slotCount = 128
    private static let batchSize = 512

    private let jobs: any JobStore
    private let now: @Sendable () -> Timestamp
    private let epoch = ContinuousClock.now
    private var awaited: [JobID: Awaited] = [:]
    private var slots = [[JobID]](repeating: [], count: slotCount)
    /// The last tick whose slot was emptied.
    private var lastTick = 0
    private var lastNumber: UInt64 = 0
    private var isRunning = false
    private(set) var isClosed = false
    /// How many wait.
    private(set) var count = 0

    init(jobs: any JobStore, now: @escaping @Sendable () -> Timestamp) {
        self.jobs = jobs
        self.now = now
    }

    /// The record of `id` as soon as its rank is `rank` or higher.
    ///
    /// - Parameter mayBeMissing: whether to go on waiting while there is no record, since it will be written yet.
    func record(
        of id: JobID, reaching rank: Int, within limit: Duration, mayBeMissing: Bool = false
    ) async -> Sight {
        guard !isClosed, !Task.isCancelled else { return .nothing }
        lastNumber += 1
        let number = lastNumber
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = Waiter(
                    number: number, rank: rank, mayBeMissing: mayBeMissing, deadline: .now + limit, continuation: continuation)
                add(waiter, for: id)
            }
        } onCancel: {
            // Runs on the actor after `add`, which does not suspend after the check above.
            Task { await self.abandon(id, number) }
        }
    }

    /// Sends everybody away, now and from now on.
    func close() {
        isClosed = true
        for waiter in awaited.values.flatMap(\.waiters) { waiter.continuation.resume(returning: .nothing) }
        awaited = [:]
        count = 0
        slots = [[JobID]](repeating: [], count: Self.slotCount)
    }

    private func add(_ waiter: Waiter, for id: JobID) {
        count += 1
        awaited[id, default: Awaited(since: .now, dueTick: 0, waiters: [])].waiters.append(waiter)
        if !isRunning {
            isRunning = true
            lastTick = currentTick
            Task { await run() }
        }
        schedule(id, after: Self.tick)
    }

    private func abandon(_ id: JobID, _ number: UInt64) {
        guard let place = awaited[id]?.waiters.firstIndex(where: { $0.number == number }) else { return }
        count -= 1
        awaited[id]?.waiters.remove(at: place).continuation.resume(returning: .nothing)
        if awaited[id]?.waiters.isEmpty == true { awaited[id] = nil }
    }

    private func run() async {
        while !awaited.isEmpty {
            let due = takeDue()
            if due.isEmpty {
                try? await Task.sleep(for: Self.tick)
            } else {
                for start in stride(from: 0, to: due.count, by: Self.batchSize) {
                    await read(Array(due[start..<min(start + Self.batchSize, due.count)]))
                }
            }
        }
        isRunning = false
    }

    private func read(_ ids: [JobID]) async {
        do throws(StorageError) {
            let records = try await jobs.records(of: ids)
            let moment = now()
            for (id, record) in zip(ids, records) { settle(id, record?.seen(at: moment), at: moment) }
        } catch {
            // The job was accepted all the same: whoever waits finds out by asking again.
            for id in ids { settle(id, nil, at: now(), isReadable: false) }
        }
    }

    /// Resumes those who have what they wait for or waited long enough, and schedules the next look for the others.
    private func settle(_ id: JobID, _ record: JobRecord?, at time: Timestamp, isReadable: Bool = true) {
        guard var entry = awaited.removeValue(forKey: id) else { return }
        let moment = ContinuousClock.now
        let before = entry.waiters.count
        entry.waiters.removeAll { waiter in
            if let record, record.rank >= waiter.rank {
                waiter.continuation.resume(returning: .reached(record))
                return true
            }
            if record == nil, isReadable, !waiter.mayBeMissing {
                waiter.continuation.resume(returning: .missing)
                return true
            }
            if moment >= waiter.deadline {
                waiter.continuation.resume(returning: .nothing)
                return true
            }
            return false
        }
        count -= before - entry.waiters.count
        guard let nextDeadline = entry.waiters.map(\.deadline).min() else { return }
        awaited[id] = entry
        let age = max(moment - entry.since, record.map { time.since($0.createdAt) } ?? .zero)
        let interval = isReadable ? Self.interval(atAge: age) : Self.longestInterval
        schedule(id, after: min(interval, nextDeadline - moment))
    }

    /// How long until the next look at a job of this age: an eighth of it, so that nobody waits much longer than needed.
    static func interval(atAge age: Duration) -> Duration {
        min(max(age / 8, tick), longestInterval)
    }

    private var currentTick: Int { Int((ContinuousClock.now - epoch) / Self.tick) }

    private func schedule(_ id: JobID, after interval: Duration) {
        let tick = currentTick + max(1, Int((interval / Self.tick).rounded(.up)))
        awaited[id]?.dueTick = tick
        slots[tick % Self.slotCount].append(id)
    }

    /// The ids whose time has come. An id may stand in several slots; only the one of its `dueTick` counts.
    private func takeDue() -> [JobID] {
        let tick = currentTick
        guard tick > lastTick else { return [] }
        var due: [JobID] = []
        for slot in max(lastTick + 1, tick - Self.slotCount + 1)...tick {
            let ids = slots[slot % Self.slotCount]
            slots[slot % Self.slotCount] = []
            for id in ids {
                guard let dueTick = awaited[id]?.dueTick, dueTick % Self.slotCount == slot % Self.slotCount else { continue }
                if dueTick <= tick {
                    awaited[id]?.dueTick = -1
                    due.append(id)
                } else {
                    slots[slot % Self.slotCount].append(id)
                }
            }
        }
        lastTick = tick
        return due
    }
}
