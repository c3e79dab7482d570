package import Recommenders

/// Takes away what is kept of a user, for good.
package protocol UserRemoval: Sendable {
    /// Removes the profile (ratings and dismissals) and the agreement to be found by others, and remembers that it is gone: whatever update of the user comes later, out of a
    /// queue, a backup or the log, is refused with `userRemoved`. Once more does no harm.
    func removeProfile(of user: UserID) async throws(StorageError)

    /// Removes the list and the memory of what was shown, and for a day keeps every other list from being saved: some job may have begun before. Once more does no harm.
    func removeList(of user: UserID) async throws(StorageError)
}

extension UserRemoval {
    /// Removes all that is kept of a user but the account.
    package func remove(_ user: UserID) async throws(StorageError) {
        try await removeProfile(of: user)
        try await removeList(of: user)
    }
}

enum RemovalLimits {
    /// For how long lists of a removed user are refused: longer than any job may take that has read the profile before.
    static let listRefusal: Duration = .seconds(24 * 3600)
}

extension StorageError {
    static let userIsRemoved = StorageError(.userRemoved, "the user was removed for good; nothing of the update was applied")
}
