package import Jobs
package import ServiceRuntime

extension Job {
    /// The same work as a job that has not ended yet, since the first end of a job is its end; with as long to live.
    package func again(at now: Timestamp) -> Job {
        Job(
            id: .random(at: now), createdAt: now, deadlineAt: deadlineAt.map { now + $0.since(createdAt) }, lane: lane, task: task
        )
    }
}
