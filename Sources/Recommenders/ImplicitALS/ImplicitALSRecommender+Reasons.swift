extension ImplicitALSRecommender {
    package func contributions(
        to entries: [TopK.Entry], in profile: Profile
    ) throws(CancellationError) -> [ItemContributions?] {
        guard let foldIn = try foldIn(profile) else { return entries.map { _ in nil } }
        var cancellation = Cancellation()
        return try entries.map { entry throws(CancellationError) in
            guard entry.score > -.infinity else { return nil }
            try cancellation.count((foldIn.places.count + factors.dimensions) * factors.dimensions)
            var ratings = [Double](repeating: 0, count: profile.items.count)
            for (place, contribution) in zip(foldIn.places, contributions(to: entry.element, of: foldIn)) {
                ratings[place] = Double(contribution)
            }
            return ItemContributions(ratings: ratings)
        }
    }

    /// What each rating of `foldIn.places` adds to an item's score: t v·A⁻¹u, v being its item's factors and u those of `item`
    /// (Hu et al. 2008, § 5). Nothing for items without factors.
    func contributions(to item: UInt32, of foldIn: FoldIn) -> [Float] {
        guard let (factors, place) = place(of: item) else { return foldIn.places.map { _ in 0 } }
        var influence = [Float](repeating: 0, count: factors.dimensions)
        influence.withUnsafeMutableBufferPointer { factors.copyFactors(at: place, to: $0) }
        foldIn.system.solve(&influence)
        return foldIn.targets.indices.map { number in
            var sum: Float = 0
            for factor in 0..<factors.dimensions {
                sum += influence[factor] * foldIn.vectors[number * factors.dimensions + factor]
            }
            return foldIn.targets[number] * sum
        }
    }
}
