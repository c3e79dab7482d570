package import Recommenders
package import ServiceRuntime

/// Who is logged in, known to every gateway.
///
/// The gateways' clocks differ: a store that has one of its own goes by that, and not by the times that it is told.
package protocol SessionStore: Sendable {
    /// Keeps `session` under the digest of its token until it ends.
    ///
    /// It is good for `account` as it was read before its password was checked: if the password was changed or the account deleted
    /// meanwhile, the session is none from the beginning.
    ///
    /// - Returns: the session by the store's clock.
    @discardableResult
    func open(_ session: Session, of account: Account, under token: TokenDigest) async throws(StorageError) -> Session

    /// The session under `token`, its idle time begun anew, and the account as it is now. One round trip.
    ///
    /// - Returns: nil when there is none, it has ended, or the account is gone.
    func session(under token: TokenDigest, at now: Timestamp) async throws(StorageError) -> (session: Session, account: Account)?

    /// Logs out. Once more does no harm.
    func endSession(under token: TokenDigest) async throws(StorageError)

    /// Logs out everywhere, but for the session under `token`.
    func endSessions(of user: UserID, except token: TokenDigest?) async throws(StorageError)
}
