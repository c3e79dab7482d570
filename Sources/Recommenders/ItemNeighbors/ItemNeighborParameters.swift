/// How item neighbours are found and asked.
package struct ItemNeighborParameters: Codable, Hashable, Sendable {
    /// At most so many for each item, at least 1.
    package var neighbours: Int
    /// Added to the denominator of every similarity, because those that rest on few ratings are high by chance.
    package var shrinkage: Double
    /// Similarities are raised to this power, so that the nearest count more.
    package var power: Double
    /// A pair of ratings is divided by (length of the user's row)^`userDamping`, because who rates everything says little.
    package var userDamping: Double
    /// The exponents of the two items' lengths in the denominator; both are 1 in a cosine.
    package var sourceDamping: Double
    package var targetDamping: Double
    /// Whether ratings count by how far they are above their user's mean, plus one step of the scale for having been given: the adjusted
    /// cosine of Sarwar et al. (2001).
    package var isAdjusted: Bool
    /// How much more those ratings of a user say of each other that were given one after the other.
    package var closeness: Closeness
    /// What the profile's ratings count. In training all count alike.
    package var recency: Recency

    package init(
        neighbours: Int = 200, shrinkage: Double = 3, power: Double = 1, userDamping: Double = 0.3, sourceDamping: Double = 1.2,
        targetDamping: Double = 1.2, isAdjusted: Bool = false, closeness: Closeness = Closeness(halfLife: 5),
        recency: Recency = Recency(halfLife: 1)
    ) {
        self.neighbours = neighbours
        self.shrinkage = shrinkage
        self.power = power
        self.userDamping = userDamping
        self.sourceDamping = sourceDamping
        self.targetDamping = targetDamping
        self.isAdjusted = isAdjusted
        self.closeness = closeness
        self.recency = recency
    }

    /// For showing items that are like one, rather than for guessing what comes next: liked alike by the same people, whenever they rated them.
    package static let alike = ItemNeighborParameters(
        neighbours: 20, shrinkage: 50, userDamping: 0, sourceDamping: 1, targetDamping: 1, isAdjusted: true, closeness: .ignored,
        recency: .none)

    /// What ranked well on data with times, MovieLens, and on data without, Last.fm and Amazon's purchases of cosmetics; each by what was held out
    /// for such choices.
    package static func usual(timesKnown: Bool) -> ItemNeighborParameters {
        guard !timesKnown else { return ItemNeighborParameters() }
        return ItemNeighborParameters(sourceDamping: 1, targetDamping: 1)
    }
}
