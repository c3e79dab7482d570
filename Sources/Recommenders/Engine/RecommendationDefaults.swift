/// What a query gets that does not say otherwise.
package struct RecommendationDefaults: Hashable, Sendable {
    package var algorithm = Algorithm.userNeighbors
    /// How many items, within `RecommendationQuery.countRange`.
    package var count = 20
    /// nil for what the algorithm was tuned to.
    package var similarity: Similarity?
    /// Within `RecommendationQuery.neighboursRange`; nil for what the algorithm was tuned to.
    package var neighbours: Int?
    /// Within `RecommendationQuery.diversityRange`.
    package var diversity = 0.0

    package init() {}
}
