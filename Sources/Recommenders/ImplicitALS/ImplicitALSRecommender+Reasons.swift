extension ImplicitALSRecommender {
    /// For each item the places in the profile of the ratings that speak most for it, strongest first, at most `count`; only those that
    /// speak for it at all.
    package func reasons(_ count: Int, for items: [UInt32], in profile: Profile) -> [[Int]] {
        guard let foldIn = foldIn(profile) else { return items.map { _ in [] } }
        return items.map { item in
            var strongest = TopK(capacity: count)
            for (place, contribution) in zip(foldIn.places, contributions(to: item, of: foldIn)) where contribution > 0 {
                strongest.offer(UInt32(place), score: contribution)
            }
            return strongest.sorted().map { Int($0.element) }
        }
    }

    /// What each rating of `foldIn.places` adds to an item's score: w v·A⁻¹u, v being its item's factors and u those of `item`
    /// (Hu et al. 2008, § 5). Nothing for items without factors.
    func contributions(to item: UInt32, of foldIn: FoldIn) -> [Float] {
        guard let place = place(of: item) else { return foldIn.places.map { _ in 0 } }
        var influence = [Float](repeating: 0, count: factors.dimensions)
        influence.withUnsafeMutableBufferPointer { factors.copyFactors(at: place, to: $0) }
        foldIn.system.solve(&influence)
        return foldIn.weights.indices.map { number in
            var sum: Float = 0
            for factor in 0..<factors.dimensions {
                sum += influence[factor] * foldIn.vectors[number * factors.dimensions + factor]
            }
            return foldIn.weights[number] * sum
        }
    }
}
