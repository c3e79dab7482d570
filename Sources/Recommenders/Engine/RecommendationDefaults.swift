/// What a query gets that does not say otherwise.
///
/// Chosen on MovieLens ml-latest-small by ranking every user's second-last rating among all unseen films, where the cosine, few
/// neighbours and a high power did best. 10 neighbours ranked no worse than 20, but make a coarse match percent.
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
