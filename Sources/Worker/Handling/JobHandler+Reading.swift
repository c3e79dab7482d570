import Jobs
import Recommenders
import ServiceRuntime
import Storage

/// What lists are computed from, besides the files.
extension JobHandler {
    /// The profiles of a group, in its order.
    func members(_ users: [UserID]) async throws(StorageError) -> [(user: UserID, live: LiveProfile)] {
        let profiles = profiles
        let results = await withTaskGroup(of: (Int, Result<LiveProfile, StorageError>).self) { tasks in
            for (place, user) in users.enumerated() {
                tasks.addTask { (place, await result { () throws(StorageError) in try await profiles.profile(of: user) }) }
            }
            var results: [Int: Result<LiveProfile, StorageError>] = [:]
            for await (place, result) in tasks { results[place] = result }
            return results
        }
        var members: [(user: UserID, live: LiveProfile)] = []
        for (place, user) in users.enumerated() { members.append((user, try results[place]?.get() ?? LiveProfile())) }
        return members
    }

    /// What was shown to any of `audience` lately; nothing unless one of the lists is to be without it.
    func shown(
        to audience: ListAudience, _ wanted: (usual: Bool, asked: RecommendationQuery?)
    ) async throws(StorageError) -> Set<ItemID> {
        let queries = [wanted.usual ? RecommendationQuery() : nil, wanted.asked].compactMap(\.self)
        guard queries.contains(where: excludesShown) else { return [] }
        let start = now() + (.zero - impressionPolicy.lifetime)
        var shown: Set<ItemID> = []
        for user in audience.users { shown.formUnion(try await impressions.items(shownTo: user, since: start)) }
        return shown
    }

    func excludesShown(_ query: RecommendationQuery) -> Bool { query.excludesShown ?? impressionPolicy.isExcluded }
}
