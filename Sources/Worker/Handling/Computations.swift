import Jobs
import Storage
import Synchronization

/// What is being computed, for as long as it takes: most of it is over before anybody can ask.
///
/// Of what takes longer the records say that it is running, and it ends early when nobody wants it any more.
final class Computations: Sendable {
    private struct Entry {
        let since: ContinuousClock.Instant
        let records: [JobRecord]
        let cancel: @Sendable () -> Void
    }

    /// How long nobody is told, and then how often the records are looked at.
    static let interval = Duration.milliseconds(50)

    private let jobs: any JobStore
    private let entries = Mutex<(running: [Int: Entry], lastNumber: Int)>(([:], 0))

    init(jobs: any JobStore) {
        self.jobs = jobs
    }

    /// - Parameter records: of the jobs that it is for, as they are while it runs.
    func run<Value: Sendable>(
        for records: [JobRecord], _ body: @escaping @Sendable () throws(CancellationError) -> Value
    ) async throws(CancellationError) -> Value {
        let task = Task { () async -> Result<Value, CancellationError> in
            do throws(CancellationError) { return .success(try body()) } catch { return .failure(error) }
        }
        let number = entries.withLock { entries in
            entries.lastNumber += 1
            entries.running[entries.lastNumber] = Entry(since: .now, records: records, cancel: { task.cancel() })
            return entries.lastNumber
        }
        defer { entries.withLock { _ = $0.running.removeValue(forKey: number) } }
        return try await task.value.get()
    }

    /// Looks after what takes long, until the task is cancelled.
    func watch() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval)
            await look(at: .now)
        }
    }

    /// Cancels what all the jobs that it is for have ended without.
    func look(at moment: ContinuousClock.Instant) async {
        let old = entries.withLock { entries in
            entries.running.values.filter { moment - $0.since >= Self.interval }
        }
        for entry in old {
            // An outage is no reason to stop: whoever writes the result waits for its end.
            guard let statuses = try? await jobs.advance(to: entry.records) else { return }
            if zip(entry.records, statuses).allSatisfy({ $0.kind == .recommendations && $1?.isEnd == true }) { entry.cancel() }
        }
    }
}
