/// How a graph filter is computed and asked.
package struct GraphFilterParameters: Codable, Hashable, Sendable {
    /// How many of the smoothest components the ideal low-pass filter keeps.
    package var components: Int
    /// How much the low-pass filter counts beside the two-hop propagation.
    package var lowPass: Double
    /// How far the smoothed signal is pushed away from what smoothing it once more would give; 0 for no sharpening.
    package var sharpening: Double
    /// A pair of ratings is divided by (length of the user's row)^`userDamping`.
    package var userDamping: Double
    /// What an item says is divided by (its number of ratings)^`sourceDamping`, and what is said of it by ^`targetDamping`; both are 0.5 in
    /// the symmetric normalisation of GF-CF.
    package var sourceDamping: Double
    package var targetDamping: Double
    /// How much more high ratings count, in training and in the profile.
    package var opinion: Opinion
    /// How much more those ratings of a user say of each other that were given one after the other.
    package var closeness: Closeness
    /// So many weights are kept for an item, those of largest absolute value.
    package var weightsPerItem: Int
    /// What the profile's ratings count. In training all count alike.
    package var recency: Recency
    /// Of the random vectors that the search for the components starts with.
    package var seed: UInt64

    package init(
        components: Int = 32, lowPass: Double = 0.02, sharpening: Double = 0, userDamping: Double = 0.1,
        sourceDamping: Double = 0.5,
        targetDamping: Double = 0.5, opinion: Opinion = .ignored, closeness: Closeness = Closeness(halfLife: 8),
        weightsPerItem: Int = 200, recency: Recency = Recency(halfLife: 1), seed: UInt64 = 1
    ) {
        self.components = components
        self.lowPass = lowPass
        self.sharpening = sharpening
        self.userDamping = userDamping
        self.sourceDamping = sourceDamping
        self.targetDamping = targetDamping
        self.opinion = opinion
        self.closeness = closeness
        self.weightsPerItem = weightsPerItem
        self.recency = recency
        self.seed = seed
    }

    /// What ranked well on data with times, MovieLens, and on data without, Last.fm and Amazon's purchases of cosmetics; each by what was held out
    /// for such choices.
    package static func usual(timesKnown: Bool) -> GraphFilterParameters {
        guard !timesKnown else { return GraphFilterParameters() }
        return GraphFilterParameters(
            components: 128, lowPass: 0, sharpening: 0.5, userDamping: 0.1, sourceDamping: 0.5, targetDamping: 0.3)
    }
}
