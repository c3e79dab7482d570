/// Recommends by factors of items: the profile is given the factors that explain it best, and the items whose factors point the same way
/// are best (Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets", 2008).
///
/// What the factors are to explain is each rating's weight, which is higher for later and for better ones, each with the same confidence.
/// (Weights as confidences, as in the paper, rank clearly worse on MovieLens by time: what is old then counts as if it were
/// unknown, though it says as well as ever which items say the same.) Every answer starts from the profile as it is, so that neither a new rating nor a new user waits for training. Any number of
/// threads may call at once.
package struct ImplicitALSRecommender: Sendable {
    package let factors: ItemFactors
    package let parameters: ImplicitALSParameters
    let bounds: FactorBounds
    /// What goes before `factors`, of items rated since.
    private(set) var refreshed: RefreshedFactors?
    package private(set) var itemCount: Int
    /// Where newer factors come from; nil where there are none.
    package private(set) var live: LiveFactors?
    /// By code.
    private let opinions: [Float]
    private let places: FactorPlaces

    /// Of longer profiles the ratings that count most are taken, so that the time for an answer is bounded.
    package static let longestProfile = 4096
    /// Factors of a user beyond it come of a matrix that is not to be solved in single precision.
    private static let limit: Float = 0x1p40

    /// - Parameter parameters: those `factors` were trained with; `recency` and `opinion` may differ.
    /// - Complexity: O(`factors.factors.count`).
    package init(factors: ItemFactors, parameters: ImplicitALSParameters, scale: RatingScale) {
        self.factors = factors
        self.parameters = parameters
        opinions = parameters.opinion.weights(on: scale)
        bounds = FactorBounds(factors)
        places = FactorPlaces(of: factors)
        itemCount = factors.itemCount
    }

    /// The same with other factors for some items, and perhaps with more items.
    ///
    /// - Parameter itemCount: at least as many as before.
    func refreshed(by refreshed: RefreshedFactors?, itemCount: Int) -> ImplicitALSRecommender {
        precondition(itemCount >= factors.itemCount)
        var copy = self
        copy.refreshed = refreshed
        copy.itemCount = itemCount
        return copy
    }

    /// The same, able to follow live ratings.
    ///
    /// - Parameter ratings: those of the file that it was trained on.
    package func followingRatings(since ratings: RatingMatrix) -> ImplicitALSRecommender {
        var copy = self
        copy.live = LiveFactors(self, ratings: ratings)
        return copy
    }

    /// Where an item's factors stand; nil for items without factors.
    func place(of item: UInt32) -> (factors: ItemFactors, place: Int)? {
        if let refreshed, let place = refreshed.places[item] { return (refreshed.factors, place) }
        return places[item].map { (factors, $0) }
    }

    /// How many items have factors.
    var factorizedItemCount: Int { factors.items.count + (refreshed?.addedItemCount ?? 0) }

    /// Whether what `factors` has of the item no longer holds.
    func isSuperseded(_ item: UInt32) -> Bool { refreshed.map { $0.places[item] != nil } ?? false }

    /// With the weights that say best what comes next.
    ///
    /// - Returns: nil when no rating of the profile counts, because its item has no factors or its weight is 0.
    /// - Complexity: O(min(profile, `longestProfile`) · `dimensions`² + `dimensions`³).
    func foldIn(_ profile: Profile) throws(CancellationError) -> FoldIn? {
        try foldIn(profile, weights: zip(parameters.recency.weights(of: profile), profile.codes).map { $0 * opinions[Int($1)] })
    }

    /// - Parameter weights: by place in the profile.
    func foldIn(_ profile: Profile, weights: [Float]) throws(CancellationError) -> FoldIn? {
        let known = Self.heaviest(
            profile.items.indices.filter { place(of: profile.items[$0]) != nil }, of: profile, weights: weights)
        let targets = known.map { weights[$0] }
        guard targets.contains(where: { $0 != 0 }) else { return nil }
        let dimensions = factors.dimensions
        var vectors = [Float](repeating: 0, count: known.count * dimensions)
        var user = [Float](repeating: 0, count: dimensions)
        vectors.withUnsafeMutableBufferPointer { vectors in
            for (number, place) in known.enumerated() {
                let row = UnsafeMutableBufferPointer(rebasing: vectors[number * dimensions..<(number + 1) * dimensions])
                if let (factors, place) = self.place(of: profile.items[place]) { factors.copyFactors(at: place, to: row) }
                for factor in 0..<dimensions { user[factor] += targets[number] * row[factor] }
            }
        }
        var system = SymmetricSystem(
            dimensions: dimensions, matrix: refreshed?.factors.gram ?? factors.gram, scale: Float(parameters.unobservedWeight))
        try vectors.withUnsafeBufferPointer { vectors throws(CancellationError) in try system.add(vectors) }
        system.addToDiagonal(Float(parameters.penalty(ratings: known.count, possible: factorizedItemCount)))
        guard let factor = try system.factorized() else { return nil }
        factor.solve(&user)
        guard user.allSatisfy({ abs($0) < Self.limit }) else { return nil }
        return FoldIn(user: user, system: factor, places: known, targets: targets, vectors: vectors)
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
    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        guard let foldIn = try foldIn(profile) else { return false }
        scores.update(repeating: -.infinity)
        try factors.score(foldIn.user, into: scores)
        try refreshed?.factors.score(foldIn.user, into: scores)
        return true
    }

    /// The same list as from `score`, mostly by looking at a few factors of each item.
    package func best(_ count: Int, for profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK.Entry] {
        guard let foldIn = try foldIn(profile) else { return [] }
        return try best(count, for: foldIn.user, outside: profile, filter: filter)
    }

    /// With the factors that were last worked out, which may be of a little earlier or later ratings than `live`.
    package func following(_ live: LiveState) -> any ItemScorer {
        refreshed(by: self.live?.current, itemCount: live.itemCount)
    }
}
