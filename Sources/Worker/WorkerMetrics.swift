import Jobs
import Messaging
import Metrics
import ServiceRuntime
import Storage

/// What a worker counts. Every object is made once per label set; none of them names a user.
struct WorkerMetrics: Sendable {
    private let outcomes: [JobKind: [JobStatus: Counter]]
    private let durations: [JobKind: Timer]
    private let waits: [JobKind: Timer]
    private let held = Counter(label: "kindred_jobs_held_total")
    private let coalesced = Counter(label: "kindred_jobs_coalesced_total")
    private let retries = Counter(label: "kindred_job_retries_total")
    private let computing = Timer(label: "kindred_recommendation_duration_seconds")

    /// - Parameter logRetention: how long the log of ratings keeps what was said.
    init(logRetention: Duration? = nil) {
        if let logRetention {
            Gauge(label: "kindred_rating_log_retention_seconds").record(logRetention.components.seconds)
        }
        var outcomes: [JobKind: [JobStatus: Counter]] = [:]
        var durations: [JobKind: Timer] = [:]
        var waits: [JobKind: Timer] = [:]
        for kind in JobKind.allCases {
            for status in JobStatus.allCases where status.isEnd {
                outcomes[kind, default: [:]][status] = Counter(
                    label: "kindred_jobs_total", dimensions: [("kind", kind.rawValue), ("outcome", status.rawValue)])
            }
            durations[kind] = Timer(label: "kindred_job_duration_seconds", dimensions: [("kind", kind.rawValue)])
            waits[kind] = Timer(label: "kindred_job_queue_wait_seconds", dimensions: [("kind", kind.rawValue)])
        }
        self.outcomes = outcomes
        self.durations = durations
        self.waits = waits
    }

    func started(_ job: Job, at moment: Timestamp) {
        waits[job.kind]?.record(duration: moment.since(job.createdAt))
    }

    func ended(_ job: Job, as outcome: JobStatus, after duration: Duration) {
        outcomes[job.kind]?[outcome]?.increment()
        durations[job.kind]?.record(duration: duration)
    }

    /// A list was computed.
    func computed(in duration: Duration) { computing.record(duration: duration) }

    /// Jobs are carried out with another.
    func began(_ work: Work) { coalesced.increment(by: work.jobs.count - 1) }

    /// A job that failed is tried again.
    func retried() { retries.increment() }

    /// Jobs were kept back because Redis was away.
    func holds(_ count: Int) { held.increment(by: count) }
}
