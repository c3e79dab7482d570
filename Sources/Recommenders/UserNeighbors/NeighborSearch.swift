/// Finds the users most similar to one profile.
struct NeighborSearch {
    let profile: WeightedProfile
    /// Where the profile's counting items stand in it.
    let places: ProfilePlaces
    let parameters: UserNeighborParameters
    let ratings: RatingMatrix
    let scale: RatingScale

    /// The users with the highest positive similarity, nearest first, of equal ones the lower row first. The profile's own row is none.
    ///
    /// A similarity is rounded to single precision before it is compared, so that two that are equal by definition are equal here.
    func nearest<Measure: SimilarityMeasure>(
        by measure: Measure, summing sums: inout BlockedSums<Measure.Sums>, counting counts: inout BlockedSums<SharedCount>
    ) -> [UserNeighbor] {
        var nearest = TopK(capacity: parameters.neighbours)
        var floor = 0.0
        func consider(_ user: UInt32, _ sums: Measure.Sums) {
            let count = sums.count
            let significance = parameters.shrinkage > 0 ? Double(count) / (Double(count) + parameters.shrinkage) : 1
            guard measure.highest * significance > floor, count >= parameters.minimumOverlap, user != profile.row else { return }
            let weight = measure.similarity(to: user, sums) * significance
            guard weight > floor else { return }
            let rounded = Float(weight)
            guard rounded > 0 else { return }
            nearest.offer(user, score: rounded)
            floor = max(0, Double(nearest.floor))
        }
        if let limit = parameters.candidates {
            for user in candidates(limit, &counts) { consider(user, self.sums(of: user, measure)) }
        } else {
            sums.forEachUser(
                sharing: profile.items, in: ratings, maximumCode: scale.maximumCode, addend: { measure.addend($0, code: $1) }, consider)
        }
        return nearest.sorted().map { UserNeighbor(user: $0.element, similarity: $0.score) }
    }

    /// The users who share most items, in ascending order.
    private func candidates(_ limit: Int, _ counts: inout BlockedSums<SharedCount>) -> [UInt32] {
        var closest = TopK(capacity: limit)
        var floor: Float = 0
        counts.forEachUser(
            sharing: profile.items, in: ratings, maximumCode: scale.maximumCode, addend: { _, _ in .one }
        ) { user, sums in
            guard Float(sums.count) > floor, user != profile.row else { return }
            closest.offer(user, score: Float(sums.count))
            floor = max(0, closest.floor)
        }
        return closest.sorted().map(\.element).sorted()
    }

    /// The same sums as from the columns, from the user's row.
    private func sums<Measure: SimilarityMeasure>(of user: UInt32, _ measure: Measure) -> Measure.Sums {
        var sums = Measure.Sums.zero
        for place in ratings.row(Int(user)) {
            guard let n = places.place(of: ratings.items[place]) else { continue }
            sums += measure.addend(n, code: ratings.rowCodes[place])
        }
        return sums
    }
}
