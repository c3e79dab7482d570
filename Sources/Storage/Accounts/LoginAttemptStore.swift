package import ServiceRuntime

/// How often somebody tried to log in of late.
///
/// Whoever checks a password asks first: what is asked is counted before the answer, so that guesses sent at once are as many as those
/// sent one after the other. A store that has a clock of its own goes by that, and not by the times that it is told.
package protocol LoginAttemptStore: Sendable {
    /// Counts an attempt, if both limits take it, else in neither.
    ///
    /// - Parameters:
    ///   - name: whose password is to be checked, whether or not there is such an account; nil for a sign-up, which counts for the address
    ///     only.
    ///   - address: where the client is.
    /// - Returns: how long to wait; zero when the password may be checked now.
    func count(name: AccountName?, address: ClientAddress, at now: Timestamp) async throws(StorageError) -> Duration

    /// The password was right: what was counted for the name is forgotten. The address' stays.
    func succeeded(name: AccountName) async throws(StorageError)

    /// No password was looked at after all: the last attempt is as if it had not been counted for the name. For the address it stays.
    func forgive(name: AccountName) async throws(StorageError)
}
