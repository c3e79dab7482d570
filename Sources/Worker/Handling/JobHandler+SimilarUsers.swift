import Jobs
import Recommenders
import ServiceRuntime
import Storage

extension JobHandler {
    /// How many users are found where nothing is said.
    private static let usualCount = 10

    /// Finds who rates like `user`, of those who agreed to be found. Who did not agree finds nobody either.
    func find(
        like user: UserID, _ query: RecommendationQuery, _ ledger: inout JobLedger
    ) async throws(StorageError) -> [JobStatus] {
        let open = ledger.openRecords
        ledger.drop(open, foundAs: try await results.advance(to: open))
        let records = ledger.openRecords
        guard !records.isEmpty else { return try await close(&ledger) }
        let engine = engine().engine.atThisMoment
        let profile = engine.profile(of: user, overlaidWith: try await profiles.profile(of: user))
        // Who is near is asked of the files, and who of them agreed of the store: neither knows the other.
        let near = try? await computations.run(for: records) { () throws(CancellationError) in
            var near: [UserID] = []
            _ = try engine.similarUsers(to: profile, count: .max, query: query) { user in
                near.append(user)
                return false
            }
            return near
        }
        let visible = try await visibility.visible(among: (near ?? []) + [user])
        let count = query.count ?? Self.usualCount
        let found = try? await computations.run(for: records) { () throws(CancellationError) in
            guard visible.contains(user) else { return [SimilarUser]() }
            return try engine.similarUsers(to: profile, count: count, query: query) { visible.contains($0) }
        }
        if near != nil, let found { ledger.succeed(finding: found) } else { ledger.cancelAll() }
        return try await close(&ledger)
    }
}

extension Work {
    /// Whose like are to be found.
    var similarUsersSearch: (user: UserID, query: RecommendationQuery)? {
        if case .findSimilarUsers(let user, let query)? = jobs.first?.job.task { (user, query) } else { nil }
    }
}
