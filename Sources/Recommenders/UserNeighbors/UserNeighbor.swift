/// A user whose ratings vote in somebody's recommendations.
package struct UserNeighbor: Hashable, Sendable {
    /// The row in the rating matrix.
    package let user: UInt32
    /// Above 0; after significance weighting.
    package let similarity: Float
}
