extension ImplicitALSRecommender {
    /// For each item the places in the profile of the ratings that speak most for it, strongest first, at most `count`: before all others
    /// those that are no lower than the profile's mean, because "you gave it one star" explains no recommendation. Those that do not speak
    /// for it are left out.
    package func reasons(_ count: Int, for items: [UInt32], in profile: Profile) throws(CancellationError) -> [[Int]] {
        guard let foldIn = try foldIn(profile) else { return items.map { _ in [] } }
        let sum = profile.codes.reduce(0) { $0 + Int($1) }
        var cancellation = Cancellation()
        return try items.map { item throws(CancellationError) in
            try cancellation.count((foldIn.places.count + factors.dimensions) * factors.dimensions)
            var wellRated = TopK(capacity: count)
            var others = wellRated
            for (place, contribution) in zip(foldIn.places, contributions(to: item, of: foldIn)) where contribution > 0 {
                if Int(profile.codes[place]) * profile.codes.count >= sum {
                    wellRated.offer(UInt32(place), score: contribution)
                } else {
                    others.offer(UInt32(place), score: contribution)
                }
            }
            return (wellRated.sorted() + others.sorted()).prefix(count).map { Int($0.element) }
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
