/// What a query gets that does not say otherwise.
///
/// Chosen on MovieLens ml-latest-small by ranking every user's second-last to sixth-last rating among all unseen films, given what came
/// before it.
package struct RecommendationDefaults: Hashable, Sendable {
    package var algorithm = Algorithm.userNeighbors
    /// How many items, within `RecommendationQuery.countRange`.
    package var count = 20
    package var similarity = Similarity.cosine
    /// Within `RecommendationQuery.neighboursRange`.
    package var neighbours = 50
    /// How neighbours are found and what becomes of their votes, but for the two above; nil for what usually suits the similarity and the
    /// data.
    package var userNeighbors: UserNeighborParameters?

    package init() {}
}
