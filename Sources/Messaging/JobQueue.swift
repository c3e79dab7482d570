package import Jobs

/// Where the gateway leaves work for the workers.
package protocol JobQueue: Sendable {
    /// Returns once the broker has taken charge of the job: it is on disk on a majority of its nodes.
    ///
    /// Throws within a few seconds whatever the broker does; `.timedOut` and `.disconnected` leave open whether it has the job.
    func enqueue(_ job: Job) async throws(MessagingError)
}
