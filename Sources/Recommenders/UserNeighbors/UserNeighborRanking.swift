/// What a `UserNeighborRecommender` has to say to one profile.
package struct UserNeighborRanking: Hashable, Sendable {
    /// Nearest first.
    package var neighbours: [UserNeighbor]
    /// Best first.
    package var items: [RankedItem]
}
