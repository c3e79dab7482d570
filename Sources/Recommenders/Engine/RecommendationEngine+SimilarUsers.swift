extension RecommendationEngine {
    /// So many of the nearest users are looked at, so that those who agreed to be found are among them.
    package static let nearestUsers = 1000

    /// Who rated like `profile`, nearest first, of the users that `isOpen` lets through.
    ///
    /// - Parameters:
    ///   - count: how many at most.
    ///   - query: its similarity, and what the list of their best items may hold.
    ///   - isOpen: whether a user agreed to be found by others; asked once for each of the nearest.
    package func similarUsers(
        to profile: Profile, count: Int, query: RecommendationQuery, where isOpen: (UserID) -> Bool
    ) throws(CancellationError) -> [SimilarUser] {
        []
    }
}
