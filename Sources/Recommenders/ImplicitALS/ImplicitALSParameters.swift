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
    /// How often all users' and all items' factors are solved for.
    package var iterations: Int
    /// Above 0. What the confidence of Hu et al., 1 + α · rating, is the inverse of: about 1 / α.
    package var unobservedWeight: Double
    /// Above 0.
    package var regularization: Double
    /// From 0, where all users and items have the same, to 1, where it is proportional to their ratings.
    package var regularizationExponent: Double
    /// What the profile's ratings count when it is given factors. In training all count alike.
    package var recency: Recency
    /// Of the random factors that training starts with.
    package var seed: UInt64

    package init(
        dimensions: Int = 64, iterations: Int = 8, unobservedWeight: Double = 0.1, regularization: Double = 0.003,
        regularizationExponent: Double = 1, recency: Recency = Recency(halfLife: 5), seed: UInt64 = 1
    ) {
        self.dimensions = dimensions
        self.iterations = iterations
        self.unobservedWeight = unobservedWeight
        self.regularization = regularization
        self.regularizationExponent = regularizationExponent
        self.recency = recency
        self.seed = seed
    }

    /// What the squared length of factors is multiplied by.
    ///
    /// - Parameters:
    ///   - observed: the ratings of the user or item, or the sum of what they count.
    ///   - possible: how many it could have.
    package func penalty(observed: Double, possible: Int) -> Double {
        regularization * pow(observed + unobservedWeight * Double(possible), regularizationExponent)
    }
}
