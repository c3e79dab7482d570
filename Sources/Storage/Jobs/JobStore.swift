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

    /// Does the same for each of `records`, in their order and in one round trip.
    ///
    /// - Returns: what `advance(to:)` answers for each.
    /// - Throws: if any could not be written; others may have been.
    func advance(to records: [JobRecord]) async throws(StorageError) -> [JobStatus?]

    /// nil when there never was such a job, or it expired.
    func record(of id: JobID) async throws(StorageError) -> JobRecord?

    /// The records of `ids`, in one round trip, in their order; nil also for those that cannot be read.
    func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?]
}

extension JobStore {
    /// One after the other, for a store to which the way is short.
    package func advance(to records: [JobRecord]) async throws(StorageError) -> [JobStatus?] {
        var found: [JobStatus?] = []
        for record in records { found.append(try await advance(to: record)) }
        return found
    }
}
