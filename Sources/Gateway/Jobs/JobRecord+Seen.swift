import Jobs
import ServiceRuntime
import Storage

extension JobRecord {
    /// The rank of every end.
    static let endRank = 99

    /// The record as it is to be read at `moment`: a job that nobody started by its deadline is expired, though no worker has come
    /// to write that down.
    func seen(at moment: Timestamp) -> JobRecord {
        guard status == .queued, let deadlineAt, moment > deadlineAt else { return self }
        var record = self
        record.status = .expired
        record.finishedAt = deadlineAt
        return record
    }

    /// When the store forgets it.
    var expiresAt: Timestamp { (finishedAt ?? startedAt ?? createdAt) + lifetime }
}
