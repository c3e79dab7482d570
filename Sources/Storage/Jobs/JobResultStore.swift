package import Jobs
package import Recommenders

/// Where the outcome of a job goes: its record, and with it the list that it computed.
package protocol JobResultStore: JobStore, RecommendationStore {
    /// Saves `list` as the user's (`save`), then advances the job (`advance`), in this order and in one round trip: whoever sees that the
    /// job has ended finds the list.
    func advance(
        to record: JobRecord, saving list: StoredList, for user: UserID, lifetime: Duration
    ) async throws(StorageError) -> JobStatus?
}
