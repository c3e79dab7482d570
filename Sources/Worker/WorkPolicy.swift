import ServiceRuntime

/// How a worker goes about its jobs.
struct WorkPolicy: Sendable {
    /// Work at once. Most of a job's time is waiting for Redis, so there are many more slots than cores.
    var slots = 16
    var weights = LaneWeights()
    /// How often a job is tried that fails for no reason of the servers'.
    var attempts = 5
    /// How long the first of those waits at most; every further one twice as long.
    var firstRetryDelay = Duration.milliseconds(200)
    var longestRetryDelay = Duration.seconds(10)

    func retryDelay(afterFailures failures: Int) -> Duration {
        Backoff.delay(first: firstRetryDelay, ceiling: longestRetryDelay, attempt: failures - 1)
    }
}
