package import Jobs
import ServiceRuntime

/// The state of every job until it expires.
package protocol JobStore: Sendable {
    /// Writes `record` if its rank is higher than the rank of what is kept (or nothing is kept), so that states only move forward
    /// whatever the order in which gateway and workers write.
    ///
    /// It is kept for its `lifetime` from then on.
    ///
    /// - Returns: the status that was found and stays when the record was refused; nil when it was written.
    func advance(to record: JobRecord) async throws(StorageError) -> JobStatus?

    /// nil when there never was such a job, or it expired.
    func record(of id: JobID) async throws(StorageError) -> JobRecord?

    /// The records of `ids`, in one round trip, in their order; nil also for those that cannot be read.
    func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?]
}
