import Jobs
import Storage

/// Takes accounts away, with all that was kept of their owners.
struct AccountRemoval: Sendable {
    let keeping: AccountKeeping
    let intake: JobIntake

    /// A job comes first, so that those who read the log of ratings learn of it: those who learn from others' ratings, and whoever brings
    /// them back after a loss. The account goes last: until then its owner can ask again, whatever fails.
    func remove(_ account: Account) async throws {
        _ = try await intake.accept(.removal(of: account.user), as: nil)
        try await keeping.removal.remove(account.user)
        try await keeping.accounts.deleteAccount(of: account.user)
    }
}
