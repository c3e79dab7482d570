/// Scores by a linear model: an item's score is the sum of what the profile's items say for it, each as strongly as its rating counts.
///
/// A call costs the rows of the profile's items and one pass over all items. Any number of threads may call at once.
package struct ItemWeightsRecommender: ItemScorer {
    package let weights: ItemWeights
    package let recency: Recency
    private let opinions: [Float]

    /// - Parameters:
    ///   - recency: how much more the latest ratings count; where no times are known all count alike.
    ///   - opinion: how much more the high ratings count.
    package init(weights: ItemWeights, scale: RatingScale, recency: Recency, opinion: Opinion = .ignored) {
        self.weights = weights
        self.recency = recency
        self.opinions = opinion.weights(on: scale)
    }

    package var itemCount: Int { weights.itemCount }

    /// Items that the model knows but of which the profile says nothing have the score 0.
    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        precondition(scores.count == itemCount)
        precondition(profile.items.allSatisfy { $0 < itemCount })
        weights.covered.withUnsafeBufferPointer { covered in
            for item in covered.indices { scores[item] = covered[item] != 0 ? 0 : -.infinity }
        }
        var isSilent = true
        let strengths = strengths(of: profile)
        var cancellation = Cancellation()
        try weights.items.withUnsafeBufferPointer { items throws(CancellationError) in
            try weights.weights.withUnsafeBufferPointer { values throws(CancellationError) in
                for (item, strength) in zip(profile.items, strengths) {
                    let row = weights.row(Int(item))
                    try cancellation.count(row.count)
                    isSilent = isSilent && row.isEmpty
                    for place in row { scores[Int(items[place])] += strength * values[place] }
                }
            }
        }
        return !isSilent
    }

    /// The best items outside the profile for which it says more than against them; so fewer than `count` where it has few to name.
    package func best(_ count: Int, for profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK.Entry] {
        try withTemporaryMemory(of: Float.self, count: itemCount) { scores throws(CancellationError) in
            guard try score(profile, into: scores) else { return [] }
            for item in profile.items { scores[Int(item)] = -.infinity }
            var best = TopK(capacity: count)
            var floor: Float = 0
            for item in scores.indices where scores[item] > floor && filter?.admits(UInt32(item)) ?? true {
                best.offer(UInt32(item), score: scores[item])
                floor = max(0, best.floor)
            }
            return best.sorted()
        }
    }

    /// How much of `item`'s score each of the profile's ratings gives, by place in the profile; they sum to the score.
    package func contributions(to item: UInt32, in profile: Profile) -> [Float] {
        zip(profile.items, strengths(of: profile)).map { source, strength in
            let row = weights.row(Int(source))
            return row.first { weights.items[$0] == item }.map { strength * weights.weights[$0] } ?? 0
        }
    }

    /// - Complexity: one pass over the rows of the profile's items, for all of `entries` together.
    package func contributions(
        to entries: [TopK.Entry], in profile: Profile
    ) throws(CancellationError) -> [ItemContributions?] {
        let none = ItemContributions(ratings: [Double](repeating: 0, count: profile.items.count))
        var contributions = entries.map { $0.score > -.infinity ? none : nil }
        var cancellation = Cancellation()
        try withTemporaryMemory(of: Int.self, count: itemCount) { positions throws(CancellationError) in
            positions.initialize(repeating: -1)
            for (position, entry) in entries.enumerated() where entry.score > -.infinity {
                positions[Int(entry.element)] = position
            }
            for (place, strength) in strengths(of: profile).enumerated() {
                let row = weights.row(Int(profile.items[place]))
                try cancellation.count(row.count)
                for entry in row {
                    let position = positions[Int(weights.items[entry])]
                    guard position >= 0 else { continue }
                    contributions[position]?.ratings[place] = Double(strength * weights.weights[entry])
                }
            }
        }
        return contributions
    }

    /// How strongly each of the profile's ratings counts, by place.
    package func strengths(of profile: Profile) -> [Float] {
        zip(recency.weights(of: profile), profile.codes).map { $0 * opinions[Int($1)] }
    }
}
