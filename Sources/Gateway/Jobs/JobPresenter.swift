import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// Shows jobs to clients.
struct JobPresenter: Sendable {
    let lists: any RecommendationStore
    let shelf: ShelfSource
    let now: @Sendable () -> Timestamp
    /// Hears of every list that is handed out; nil without experiments.
    var experiments: ExperimentRecorder?

    /// The job as JSON. The list of a job that updated ratings is read now: the user's newest one, which has seen this job's ratings.
    func json(of record: JobRecord, for viewer: Identity) async throws -> [UInt8] {
        let record = record.seen(at: now())
        let list = viewer.maySeeRatings ? try await list(of: record) : nil
        if let list, let user = record.user { experiments?.handedOut(list, to: user) }
        return JSONWriter.bytes(
            of: JobView(record: record, list: list, showsUsers: viewer.maySeeRatings, shelf: shelf()),
            capacity: list == nil ? 768 : 12_288)
    }

    private func list(of record: JobRecord) async throws -> StoredList? {
        switch record.result {
        case nil, .similarUsers: return nil
        case .recommendations(let list): return list
        case .ratings(_, let isRefreshed):
            guard isRefreshed, let user = record.user, case .ratings(_, let version, _) = record.request else { return nil }
            guard let list = try await lists.list(for: user), let seen = list.list.ratingsVersion, seen >= version else {
                return nil
            }
            return list
        }
    }
}
