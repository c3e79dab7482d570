/// How an EASE model is trained and asked.
package struct EASEParameters: Codable, Hashable, Sendable {
    /// Only so many of the most rated items are covered. Time grows with their third power, memory with their square.
    package var items: Int
    /// λ, above 0: what is added to the diagonal of the matrix of co-occurrences.
    package var regularization: Double
    /// How much more high ratings count, in training and in the profile.
    package var opinion: Opinion
    /// How much more those ratings of a user say of each other that were given one after the other.
    package var closeness: Closeness
    /// So many weights are kept for an item, those of largest absolute value.
    package var weightsPerItem: Int
    /// What the profile's ratings count. In training all count alike.
    package var recency: Recency

    package init(
        items: Int = 20_000, regularization: Double = 100, opinion: Opinion = .ignored,
        closeness: Closeness = Closeness(halfLife: 10),
        weightsPerItem: Int = 200, recency: Recency = Recency(halfLife: 1)
    ) {
        self.items = items
        self.regularization = regularization
        self.opinion = opinion
        self.closeness = closeness
        self.weightsPerItem = weightsPerItem
        self.recency = recency
    }
}
