/// All that was measured in one phase: in the part of it that counts.
struct LoadFigures: Sendable {
    /// Requests a second; nil when as many were sent as were answered.
    var askedRate: Double?
    /// How long requests that count were due, in seconds.
    var seconds = 0.0
    var operations: [LoadOperation: OperationFigures] = [:]
    var jobs: [LoadJobKind: JobFigures] = [:]
    /// Good answers that arrived while requests were due, whenever they had been sent.
    var answeredInTime = 0
    /// From the moment a request was due until this program got to it.
    var lateness = LatencyHistogram()
    /// How many found every connection in use.
    var foundNoConnection = 0
    var openedConnections = 0
    /// From the last request that was due to the end of the last job; nil when there was no job, or one did not end.
    var lastJobSeconds: Double?
    /// Of this program, for all it did in the phase.
    var cpuSeconds = 0.0
    /// How many requests the CPU time was spent on: those of warming up and of following included.
    var sentRequests = 0
    /// How long the phase took, all in all.
    var wallSeconds = 0.0
    var wasInterrupted = false

    var total: OperationFigures { operations.values.reduce(into: OperationFigures()) { $0.add($1) } }

    var errorCount: Int { operations.values.reduce(0) { $0 + $1.failed.count } }

    var requestCount: Int { operations.values.reduce(0) { $0 + $1.count } }

    var areJobsSound: Bool { jobs.values.allSatisfy(\.isSound) }

    var allJobs: LatencyHistogram { jobs.values.reduce(into: LatencyHistogram()) { $0.add($1.latencies) } }
}
