package import Jobs
package import Recommenders

/// Where the outcome of jobs goes: their records, and with them the list that was computed.
package protocol JobResultStore: JobStore, RecommendationStore {
    /// Saves `list` as the list of `user` (`save`), then advances each job (`advance`), in this order and in one round trip: whoever
    /// sees that a job has ended finds the list.
    ///
    /// - Parameter list: nil, or nil for `user`, when there is none to save.
    /// - Returns: for each of `records` what `advance(to:)` answers.
    /// - Throws: if the list or any record could not be written; others may have been.
    func advance(
        to records: [JobRecord], saving list: StoredList?, for user: UserID?, lifetime: Duration
    ) async throws(StorageError) -> [JobStatus?]
}

extension JobResultStore {
    /// The same for one job.
    package func advance(
        to record: JobRecord, saving list: StoredList, for user: UserID, lifetime: Duration
    ) async throws(StorageError) -> JobStatus? {
        try await advance(to: [record], saving: list, for: user, lifetime: lifetime)[0]
    }
}
