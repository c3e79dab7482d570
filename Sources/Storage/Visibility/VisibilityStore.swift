package import Recommenders

/// Who agreed to be found by others of like taste. Nobody has until they say so.
package protocol VisibilityStore: Sendable {
    func setVisible(_ isVisible: Bool, _ user: UserID) async throws(StorageError)

    /// Those of `users` who agreed, in one round trip.
    func visible(among users: [UserID]) async throws(StorageError) -> Set<UserID>
}

extension VisibilityStore {
    package func isVisible(_ user: UserID) async throws(StorageError) -> Bool { try await !visible(among: [user]).isEmpty }
}
