/// How a `UserNeighborRecommender` finds neighbours and what it makes of their ratings.
package struct UserNeighborParameters: Hashable, Sendable, Codable {
    package var similarity: Similarity
    /// k of the k nearest, at least 1.
    package var neighbours: Int
    /// Users who share fewer items with the profile are no neighbours.
    package var minimumOverlap: Int
    /// Similarities are multiplied by n / (n + `shrinkage`), n being the number of shared items, because those that rest on few
    /// items are high by chance (significance weighting: Herlocker et al. 1999, 2002). 0 leaves them as they are.
    package var shrinkage: Double
    /// Only this many users, those who share most items with the profile, are compared at all; nil for everyone who shares any.
    package var candidates: Int?
    /// Only so many of the profile's newest ratings count, and those as old as the last of them; nil for all. It bounds what a long
    /// profile costs.
    package var latest: Int?
    /// How much more the profile's later ratings count, in steps of 1/256, in the cosine, in Jaccard's index and for the `succession`.
    package var recency: Recency
    /// The cosine is divided by the neighbour's length to the power of this, in rating values less the neutral one: at 1 it is the
    /// plain cosine, below 1 users with many ratings come forward (the asymmetric cosine of Aiolli 2013).
    package var lengthExponent: Double
    package var order: Order
    /// In the order `agreement`, what else a vote for an item is multiplied by; nil for nothing.
    package var succession: Succession?
    /// In the order `agreement`, an item's score is divided by its number of ratings to the power of this, since what everybody rates
    /// is rated by any neighbours. 0 leaves it as it is.
    package var popularityExponent: Double

    /// What decides the place in the list.
    package enum Order: Hashable, Sendable, Codable {
        /// How many neighbours rated the item, how near they are and how much they liked it: the sum over them of
        /// similarity^`similarityPower` × (1 + rating) / 2, the rating being its place on the scale, counted from 1, as a share of all
        /// places.
        ///
        /// A mean alone ranks badly, since it puts first what a single neighbour loved.
        case agreement(similarityPower: Int)
        /// The share of the neighbours who rated the item, in whole percent, then the predicted rating. Items whose predicted
        /// rating lies less than `leastShare` of the way from the scale's minimum to its maximum are left out.
        case match(leastShare: Double)
    }

    package init(
        similarity: Similarity, neighbours: Int, minimumOverlap: Int = 1, shrinkage: Double = 0, candidates: Int? = nil,
        latest: Int? = nil, recency: Recency = .none, lengthExponent: Double = 1, order: Order, succession: Succession? = nil,
        popularityExponent: Double = 0
    ) {
        self.similarity = similarity
        self.neighbours = neighbours
        self.minimumOverlap = minimumOverlap
        self.shrinkage = shrinkage
        self.candidates = candidates
        self.latest = latest
        self.recency = recency
        self.lengthExponent = lengthExponent
        self.order = order
        self.succession = succession
        self.popularityExponent = popularityExponent
    }
}
