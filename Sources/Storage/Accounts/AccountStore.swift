package import Recommenders
import ServiceRuntime

/// Who can log in.
package protocol AccountStore: Sendable {
    /// - Returns: false when the name is taken, in whatever case; nothing is changed then.
    func create(_ account: Account) async throws(StorageError) -> Bool

    /// nil when nobody has the name. Both take one round trip, and the same time.
    func account(named name: AccountName) async throws(StorageError) -> Account?

    /// nil when nobody has the id.
    func account(of user: UserID) async throws(StorageError) -> Account?

    /// Replaces the chosen genres.
    ///
    /// - Returns: the account as it is afterwards; nil when it is gone.
    func setGenres(_ genres: [String], of user: UserID) async throws(StorageError) -> Account?

    /// Replaces the hash of a changed password and ends all sessions but the one under `token`, in one step.
    ///
    /// - Parameter known: the hash that the current password was checked against.
    /// - Returns: false when the account is gone or has another hash by now; nothing is changed then.
    func changePassword(
        of user: UserID, from known: String, to hash: String, keeping token: TokenDigest?
    ) async throws(StorageError) -> Bool

    /// Replaces the hash of the same password by a better one. Sessions go on.
    ///
    /// - Parameter known: the hash that the password was checked against; if it was replaced meanwhile, nothing is changed.
    func rehash(of user: UserID, from known: String, to hash: String) async throws(StorageError)

    /// Takes the account away, and all its sessions with it. Once more does no harm.
    ///
    /// The last of three steps, see `UserRemoval`: what else is kept of the user goes first, because nobody could ask for it again.
    func deleteAccount(of user: UserID) async throws(StorageError)
}
