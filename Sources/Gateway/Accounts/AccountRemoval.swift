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

    /// The ratings are first taken back by ordinary jobs, so that they also end for those who learn from others' ratings and in the log
    /// that data sets are made from. The account goes last: until then its owner can ask again, whatever fails.
    func remove(_ account: Account) async throws {
        let said = try await profiles.profile(of: account.user).updates.values.filter { $0.change != .removed }.map(\.item)
        for start in stride(from: 0, to: said.count, by: Self.jobSize) {
            let items = said[start..<min(start + Self.jobSize, said.count)]
            _ = try await intake.accept(.ratings(items.map { ($0, .removed) }, of: account.user, refresh: false), as: nil)
        }
        try await keeping.removal.removeProfile(of: account.user)
        try await keeping.removal.removeList(of: account.user)
        try await keeping.accounts.deleteAccount(of: account.user)
    }
}
