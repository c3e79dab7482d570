package import Recommenders

/// The live ratings of every user.
package protocol ProfileStore: Sendable {
    /// Applies `updates`, newest version of each item first and last, and answers the profile as it is afterwards.
    ///
    /// Any order and any repetition of the same updates ends in the same profile (last writer by version wins), so a message that is
    /// delivered twice, or late, does no harm.
    func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile

    /// Empty for a user who was never heard of.
    func profile(of user: UserID) async throws(StorageError) -> LiveProfile
}
