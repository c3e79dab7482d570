import Jobs
import Recommenders
import Storage

/// Takes accounts away, with all that was kept of their owners.
struct AccountRemoval: Sendable {
    /// So many ratings and dismissals are taken back by one job.
    private static let jobSize = 500

    let keeping: AccountKeeping
    let profiles: any ProfileStore
    let intake: JobIntake

    /// The ratings are first taken back by ordinary jobs, so that they also end for those who learn from others' ratings, rating by rating.
    /// Then the log is told that the user has left, for what these jobs do not know of: what was accepted and is not applied yet. The account
    /// goes last: until then its owner can ask again, whatever fails.
    func remove(_ account: Account) async throws {
        let said = try await profiles.profile(of: account.user).updates.values.filter { $0.change != .removed }.map(\.item)
        for start in stride(from: 0, to: said.count, by: Self.jobSize) {
            let items = said[start..<min(start + Self.jobSize, said.count)]
            _ = try await intake.accept(.ratings(items.map { ($0, .removed) }, of: account.user, refresh: false), as: nil)
        }
        _ = try await intake.accept(.removal(of: account.user), as: nil)
        try await keeping.removal.remove(account.user)
        try await keeping.accounts.deleteAccount(of: account.user)
    }
}
