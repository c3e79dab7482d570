/// Recommends by factors of items: the profile is given the factors that explain it best, and the items whose factors point the same way
/// are best (Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets", 2008).
///
/// Every answer starts from the profile as it is, so that neither a new rating nor a new user waits for training. Any number of
/// threads may call at once.
package struct ImplicitALSRecommender: Sendable {
    package let factors: ItemFactors
    package let parameters: ImplicitALSParameters
    let bounds: FactorBounds
    /// By item; `absent` for items without factors.
    private let places: [UInt32]

    private static let absent = UInt32.max
    /// Of longer profiles the ratings that count most are taken, so that the time for an answer is bounded.
    package static let longestProfile = 4096
    /// Factors of a user beyond it come of a matrix that is not to be solved in single precision.
    private static let limit: Float = 0x1p40

    /// - Parameter parameters: those `factors` were trained with; `recency` may differ.
    /// - Complexity: O(`factors.factors.count`).
    package init(factors: ItemFactors, parameters: ImplicitALSParameters) {
        self.factors = factors
        self.parameters = parameters
        bounds = FactorBounds(factors)
        var places = [UInt32](repeating: Self.absent, count: factors.itemCount)
        for (place, item) in factors.items.enumerated() { places[Int(item)] = UInt32(place) }
        self.places = places
    }

    /// Where an item stands in `factors`; nil for items without factors.
    func place(of item: UInt32) -> Int? {
        guard item < factors.itemCount, places[Int(item)] != Self.absent else { return nil }
        return Int(places[Int(item)])
    }

    /// - Returns: nil when no item of the profile has factors.
    /// - Complexity: O(min(profile, `longestProfile`) · `dimensions`² + `dimensions`³).
    func foldIn(_ profile: Profile) -> FoldIn? {
        let weights = parameters.recency.weights(of: profile)
        let known = Self.heaviest(
            profile.items.indices.filter { place(of: profile.items[$0]) != nil }, of: profile, weights: weights)
        guard !known.isEmpty else { return nil }
        let dimensions = factors.dimensions
        let knownWeights = known.map { weights[$0] }
        var vectors = [Float](repeating: 0, count: known.count * dimensions)
        var user = [Float](repeating: 0, count: dimensions)
        vectors.withUnsafeMutableBufferPointer { vectors in
            for (number, place) in known.enumerated() {
                let row = UnsafeMutableBufferPointer(rebasing: vectors[number * dimensions..<(number + 1) * dimensions])
                factors.copyFactors(at: Int(places[Int(profile.items[place])]), to: row)
                let weight = knownWeights[number]
                for factor in 0..<dimensions { user[factor] += weight * row[factor] }
            }
        }
        var system = SymmetricSystem(
            dimensions: dimensions, matrix: factors.gram, scale: Float(parameters.unobservedWeight))
        vectors.withUnsafeBufferPointer { vectors in
            knownWeights.withUnsafeBufferPointer { system.add(vectors, weights: $0) }
        }
        let observed = knownWeights.reduce(0) { $0 + Double($1) }
        system.addToDiagonal(Float(parameters.penalty(observed: observed, possible: factors.items.count)))
        guard let factor = system.factorized() else { return nil }
        factor.solve(&user)
        guard user.allSatisfy({ abs($0) < Self.limit }) else { return nil }
        return FoldIn(user: user, system: factor, places: known, weights: knownWeights, vectors: vectors)
    }

    /// At most `longestProfile` of the places, those of the highest weight; of equal ones some that do not hang together.
    private static func heaviest(_ places: [Int], of profile: Profile, weights: [Float]) -> [Int] {
        guard places.count > longestProfile else { return places }
        // Multiplied by an odd number, so that it is not the items of the lowest indices, which may be the oldest ones.
        func isHeavier(_ left: Int, _ right: Int) -> Bool {
            guard weights[left] == weights[right] else { return weights[left] > weights[right] }
            return profile.items[left] &* 0x9E37_79B1 < profile.items[right] &* 0x9E37_79B1
        }
        return places.sorted(by: isHeavier).prefix(longestProfile).sorted()
    }
}

extension ImplicitALSRecommender: ItemScorer {
    package var itemCount: Int { factors.itemCount }

    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        guard let foldIn = foldIn(profile) else { return false }
        factors.score(foldIn.user, into: scores)
        return true
    }

    /// The same list as from `score`, mostly by looking at a few factors of each item.
    package func best(_ count: Int, for profile: Profile, filter: ItemFilter?) -> [TopK.Entry] {
        guard let foldIn = foldIn(profile) else { return [] }
        return best(count, for: foldIn.user, outside: profile, filter: filter)
    }

    /// Scores for many profiles, faster than one by one.
    ///
    /// - Parameter scores: `itemCount` elements for each profile.
    /// - Returns: for each profile whether it gives anything to go by; if not, its scores hold nothing of use.
    package func score(_ profiles: some Collection<Profile>, into scores: UnsafeMutableBufferPointer<Float>) -> [Bool] {
        let foldIns = profiles.map { foldIn($0)?.user }
        let zeros = [Float](repeating: 0, count: factors.dimensions)
        factors.score(each: foldIns.flatMap { $0 ?? zeros }, into: scores)
        return foldIns.map { $0 != nil }
    }
}
