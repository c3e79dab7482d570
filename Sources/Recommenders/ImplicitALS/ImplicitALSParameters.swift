#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How an implicit factor model is trained, and what it makes of a profile afterwards.
///
/// The loss is that of Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets" (2008), scaled as by Rendle,
/// Krichene, Zhang and Koren, "Revisiting the performance of iALS on item recommendation benchmarks" (2022): with x a user's factors
/// and v an item's, the sum over all ratings of (x·v - 1)², plus `unobservedWeight` times the sum of (x·v)² over all pairs of a user
/// and an item, plus for each user and item the squared length of its factors times
/// `regularization` · (its ratings + `unobservedWeight` · all that it could have)^`regularizationExponent`.
package struct ImplicitALSParameters: Codable, Hashable, Sendable {
    /// How many factors a user and an item have, a multiple of `ItemFactors.blockSize`.
    package var dimensions: Int
    /// How often the factors of users and items are solved for, each from the other's. Where users are very many, all but the last two times
    /// for a part of the users.
    package var iterations: Int
    /// Above 0. What the confidence of Hu et al., 1 + α · rating, is the inverse of: about 1 / α.
    package var unobservedWeight: Double
    /// Above 0.
    package var regularization: Double
    /// From 0, where all users and items have the same, to 1, where it is proportional to their ratings.
    package var regularizationExponent: Double
    /// What a profile's ratings count by their age when the profile is given factors. In training all count alike.
    package var recency: Recency
    /// What a profile's ratings count by their value likewise.
    package var opinion: Opinion
    /// Of the random factors that training starts with.
    package var seed: UInt64

    /// The defaults ranked well on MovieLens ml-latest-small, among many tried on every user's second-last rating.
    package init(
        dimensions: Int = 64, iterations: Int = 8, unobservedWeight: Double = 0.1, regularization: Double = 0.08,
        regularizationExponent: Double = 0.5, recency: Recency = Recency(halfLife: 2), opinion: Opinion = Opinion(lowest: 0.25),
        seed: UInt64 = 1
    ) {
        self.dimensions = dimensions
        self.iterations = iterations
        self.unobservedWeight = unobservedWeight
        self.regularization = regularization
        self.regularizationExponent = regularizationExponent
        self.recency = recency
        self.opinion = opinion
        self.seed = seed
    }

    /// What the squared length of a user's or an item's factors is multiplied by.
    ///
    /// - Parameter possible: how many ratings it could have.
    package func penalty(ratings: Int, possible: Int) -> Double {
        regularization * pow(Double(ratings) + unobservedWeight * Double(possible), regularizationExponent)
    }
}
