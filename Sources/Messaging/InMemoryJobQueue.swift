package import Jobs
import ServiceRuntime
import Synchronization

/// A job queue without a broker, for tests and demonstrations. It forgets everything with the process.
///
/// It treats jobs as the broker's queues do: what is given back or left behind by a source that closes is delivered again, first and
/// counted; what exceeds its delivery limit or is discarded becomes a dead letter, of which an obituary is delivered.
package final class InMemoryJobQueue: JobQueue {
    struct Entry {
        let job: Job
        var redeliveries = 0
        /// For obituaries.
        var death: JobDeath?
    }

    struct SourceID: Hashable {
        let number: Int
    }

    private struct Waiter {
        let number: Int
        let source: SourceID
        let continuation: CheckedContinuation<[JobDelivery], Never>
    }

    private struct State {
        var waiting: [Entry] = []
        var unsettled: [Int: (entry: Entry, source: SourceID)] = [:]
        var waiters: [Waiter] = []
        var openSources: Set<SourceID> = []
        var dead: [Job] = []
        var failure: MessagingError?
        var lastNumber = 0

        mutating func nextNumber() -> Int {
            lastNumber += 1
            return lastNumber
        }
    }

    /// How many jobs are delivered at once.
    private static let prefetch = 8

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: how many jobs may wait; more are refused, as by a full queue.
    package init(capacity: Int = .max) {
        self.capacity = capacity
    }

    package func enqueue(_ job: Job) async throws(MessagingError) {
        let result: Result<Void, MessagingError> = state.withLock { state in
            if let failure = state.failure { return .failure(failure) }
            guard state.waiting.count < capacity else { return .failure(MessagingError(.refused, "the queue is full")) }
            state.waiting.append(Entry(job: job))
            return .success(())
        }
        try result.get()
        deliver()
    }

    /// A source that takes jobs from this queue; several share them.
    package func makeSource() -> InMemoryJobSource {
        let id = state.withLock { state in
            let id = SourceID(number: state.nextNumber())
            state.openSources.insert(id)
            return id
        }
        return InMemoryJobSource(queue: self, id: id)
    }

    /// Has every `enqueue` throw `error` from now on, as a broker in trouble would; nil ends the trouble.
    package func fail(with error: MessagingError?) {
        state.withLock { $0.failure = error }
    }

    /// The jobs that nobody holds, next first.
    package var waitingJobs: [Job] { state.withLock { $0.waiting.map(\.job) } }

    /// How many jobs are held by a source and not settled.
    package var unsettledCount: Int { state.withLock { $0.unsettled.count } }

    /// The dead letters, oldest first.
    package var deadJobs: [Job] { state.withLock(\.dead) }
}

extension InMemoryJobQueue {
    func next(for source: SourceID) async -> [JobDelivery] {
        let number = state.withLock { $0.nextNumber() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isClosed = state.withLock { state in
                    guard state.openSources.contains(source), !Swift.Task.isCancelled else { return true }
                    state.waiters.append(Waiter(number: number, source: source, continuation: continuation))
                    return false
                }
                if isClosed { continuation.resume(returning: []) } else { deliver() }
            }
        } onCancel: {
            endWaiting { $0.number == number }
        }
    }

    func stop(_ source: SourceID) {
        state.withLock { _ = $0.openSources.remove(source) }
        endWaiting { $0.source == source }
    }

    func close(_ source: SourceID) {
        stop(source)
        state.withLock { state in
            let left = state.unsettled.filter { $0.value.source == source }.sorted { $0.key > $1.key }
            for (number, held) in left {
                state.unsettled[number] = nil
                Self.giveBack(held.entry, to: &state)
            }
        }
        deliver()
    }

    private func endWaiting(where matches: (Waiter) -> Bool) {
        let ended = state.withLock { state in
            let ended = state.waiters.filter(matches)
            state.waiters.removeAll(where: matches)
            return ended
        }
        for waiter in ended { waiter.continuation.resume(returning: []) }
    }

    private func settle(_ number: Int, as settlement: JobDelivery.Settlement) {
        state.withLock { state in
            guard let entry = state.unsettled.removeValue(forKey: number)?.entry else { return }
            switch settlement {
            case .acknowledge: break
            case .requeue: Self.giveBack(entry, to: &state)
            case .discard: Self.bury(entry, because: .rejected, in: &state)
            }
        }
        deliver()
    }

    private static func giveBack(_ entry: Entry, to state: inout State) {
        let limit = entry.death == nil ? entry.job.kind.deliveryLimit : RabbitMQTopology.obituaryDeliveryLimit
        guard entry.redeliveries < limit else { return bury(entry, because: .deliveryLimit, in: &state) }
        state.waiting.insert(Entry(job: entry.job, redeliveries: entry.redeliveries + 1, death: entry.death), at: 0)
    }

    /// Obituaries themselves are simply forgotten.
    private static func bury(_ entry: Entry, because reason: JobDeath.Reason, in state: inout State) {
        guard entry.death == nil else { return }
        let queue = RabbitMQTopology.workQueue(for: entry.job.kind, in: entry.job.lane)
        state.dead.append(entry.job)
        state.waiting.append(
            Entry(
                job: entry.job,
                death: JobDeath(reason: reason, queue: queue, deliveries: entry.redeliveries + 1)))
    }

    /// Hands the jobs that wait to those who wait for one.
    private func deliver() {
        while let (waiter, deliveries) = state.withLock({ match(in: &$0) }) {
            waiter.continuation.resume(returning: deliveries)
        }
    }

    private func match(in state: inout State) -> (Waiter, [JobDelivery])? {
        guard !state.waiting.isEmpty, !state.waiters.isEmpty else { return nil }
        let waiter = state.waiters.removeFirst()
        let entries = state.waiting.prefix(Self.prefetch)
        state.waiting.removeFirst(entries.count)
        let deliveries = entries.map { entry in
            let number = state.nextNumber()
            state.unsettled[number] = (entry, waiter.source)
            return JobDelivery(job: entry.job, redeliveries: entry.redeliveries, death: entry.death) {
                [weak self] settlement in self?.settle(number, as: settlement)
            }
        }
        return (waiter, deliveries)
    }
}
