/// Finds the users most similar to one profile.
struct NeighborSearch {
    let profile: WeightedProfile
    /// Where the profile's counting items stand in it.
    let places: ProfilePlaces
    let parameters: UserNeighborParameters
    let ratings: CurrentRatings
    let scale: RatingScale

    /// The users with the highest positive similarity, nearest first, of equal ones the lower row first. The profile's own row is none.
    ///
    /// A similarity is rounded to single precision before it is compared, so that two that are equal by definition are equal here.
    func nearest<Measure: SimilarityMeasure>(
        by measure: Measure, summing sums: inout BlockedSums<Measure.Sums>, counting counts: inout BlockedSums<SharedCount>
    ) throws(CancellationError) -> [UserNeighbor] {
        var nearest = TopK(capacity: parameters.neighbours)
        var floor = 0.0
        func consider(_ user: UInt32, _ sums: Measure.Sums) -> Double {
            let count = sums.count
            let significance = parameters.shrinkage > 0 ? Double(count) / (Double(count) + parameters.shrinkage) : 1
            guard measure.highest * significance > floor, count >= parameters.minimumOverlap, user != profile.row else {
                return floor
            }
            let weight = measure.similarity(to: user, sums) * significance
            guard weight > floor, !ratings.isRemoved(user) else { return floor }
            let rounded = Float(weight)
            guard rounded > 0 else { return floor }
            nearest.offer(user, score: rounded)
            floor = max(0, Double(nearest.floor))
            return floor
        }
        if let limit = parameters.candidates {
            var cancellation = Cancellation()
            for user in try candidates(limit, &counts) {
                try cancellation.count(ratings.count(ofUser: user))
                _ = consider(user, self.sums(of: user, measure))
            }
        } else {
            try sums.forEachBlock(
                sharing: profile.items, in: ratings, maximumCode: scale.maximumCode, addend: { measure.addend($0, code: $1) }
            ) { first, block in
                measure.forEachUser(from: first, in: block, above: floor, consider)
            }
        }
        return nearest.sorted().map { UserNeighbor(user: $0.element, similarity: $0.score) }
    }

    /// The users who share most items, in ascending order.
    private func candidates(_ limit: Int, _ counts: inout BlockedSums<SharedCount>) throws(CancellationError) -> [UInt32] {
        var closest = TopK(capacity: limit)
        var floor = 0
        try counts.forEachBlock(
            sharing: profile.items, in: ratings, maximumCode: scale.maximumCode, addend: { _, _ in .one }
        ) { first, block in
            for place in block.indices where block[place].count > floor {
                let user = UInt32(first + place)
                guard user != profile.row, !ratings.isRemoved(user) else { continue }
                closest.offer(user, score: Float(block[place].count))
                floor = Int(max(0, closest.floor))
            }
        }
        return closest.sorted().map(\.element).sorted()
    }

    /// The same sums as from the columns, from the user's row.
    private func sums<Measure: SimilarityMeasure>(of user: UInt32, _ measure: Measure) -> Measure.Sums {
        var sums = Measure.Sums.zero
        ratings.forEachRating(of: user) { item, code in
            guard let n = places.place(of: item) else { return }
            sums += measure.addend(n, code: code)
        }
        return sums
    }
}
