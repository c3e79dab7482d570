import Jobs
import Messaging
import Metrics
import Recommenders
import ServiceRuntime
import Storage

/// Takes work in: what it returns from has been promised.
struct JobIntake: Sendable {
    /// How long a recommendation may wait for a worker; whoever asked for it has gone by then.
    static let patience = Duration.seconds(30)

    let queue: any JobQueue
    let jobs: any JobStore
    let now: @Sendable () -> Timestamp
    private let unwritten = Counter(label: "kindred_jobs_accepted_without_record_total")

    init(queue: any JobQueue, jobs: any JobStore, now: @escaping @Sendable () -> Timestamp) {
        self.queue = queue
        self.jobs = jobs
        self.now = now
    }

    /// Writes the job down and hands it to the broker, both at once: a worker that is faster than the record leaves it behind, as
    /// records only move forward.
    ///
    /// While Redis is away ratings are taken all the same: the broker has them on disk, and the worker that applies them later writes
    /// the record. A recommendation that nobody could read is refused.
    func accept(_ task: Job.Task) async throws -> JobRecord {
        let createdAt = now()
        let job = Job(
            id: .random(at: createdAt), createdAt: createdAt,
            deadlineAt: task.isAwaited ? createdAt + Self.patience : nil, task: task)
        let record = JobRecord(of: job)
        async let written = jobs.advance(to: record)
        try await queue.enqueue(job)
        do {
            _ = try await written
        } catch let error as StorageError where error.isRetriable && job.kind == .ratings {
            unwritten.increment()
        }
        return record
    }
}

extension Job.Task {
    /// Whether it is of no use to anybody after a while; ratings always are.
    fileprivate var isAwaited: Bool { if case .recommend = self { true } else { false } }
}
