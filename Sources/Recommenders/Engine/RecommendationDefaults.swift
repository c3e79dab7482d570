/// What a query gets that does not say otherwise.
///
/// The values are those that ranked best for held-out ratings of MovieLens ml-latest-small.
package struct RecommendationDefaults: Hashable, Sendable {
    package var algorithm = Algorithm.userNeighbors
    /// How many items, within `RecommendationQuery.countRange`.
    package var count = 20
    package var similarity = Similarity.cosine
    /// Within `RecommendationQuery.neighboursRange`.
    package var neighbours = 20
    /// See `UserNeighborParameters`.
    package var minimumOverlap = 1
    /// See `UserNeighborParameters`; nil for the one that suits the similarity.
    package var shrinkage: Double?
    /// See `UserNeighborParameters.Order.agreement`.
    package var similarityPower = 4

    package init() {}
}
