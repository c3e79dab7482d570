/// What became of jobs of one kind.
struct JobFigures: Sendable {
    /// How many requests were answered with a job, or with what a job had brought.
    var accepted = 0
    /// From the moment the request was due to the news of the job's end.
    var latencies = LatencyHistogram()
    /// Of those that were followed, or waited for, by status.
    var ended: [String: Int] = [:]
    /// Followed, but not ended when the run was over.
    var unfinished = 0
    /// Times that a job's status could not be had.
    var followErrors = 0
    /// How many had to wait for a connection before they could be followed: their end may have been earlier than it was seen.
    var followedLate = 0

    var followed: Int { latencies.count + unfinished }

    /// Whether every job that was followed succeeded.
    var isSound: Bool { unfinished == 0 && ended.keys.allSatisfy { $0 == "succeeded" } }

    mutating func recordEnd(_ status: String, nanoseconds: Int64) {
        ended[status, default: 0] += 1
        latencies.record(nanoseconds: nanoseconds)
    }
}
