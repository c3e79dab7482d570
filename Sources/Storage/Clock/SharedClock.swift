package import Recommenders

/// The latest version that any gateway has given, as far as they have told each other.
package protocol SharedClock: Sendable {
    /// Raises what is kept to `version` if that is later.
    ///
    /// - Returns: what is kept then.
    func latest(raisedTo version: RatingVersion) async throws(StorageError) -> RatingVersion
}
