/// Several algorithms together: the weighted sum of their standardised scores (linear stacking; Sill et al. 2009 for
/// recommenders).
///
/// Algorithms err in different ways, so that their sum ranks better than the best of them. An algorithm that has nothing to go by
/// for a profile is left out of its sum.
package struct BlendRecommender: ItemScorer {
    package let parts: [(scorer: any ItemScorer, weight: Float)]
    package let itemCount: Int

    /// - Precondition: at least one part, all for the same items, with finite weights.
    package init(parts: [(any ItemScorer, Float)]) {
        precondition(!parts.isEmpty && parts.allSatisfy { $0.0.itemCount == parts[0].0.itemCount && $0.1.isFinite })
        self.parts = parts.map { (scorer: $0.0, weight: $0.1) }
        itemCount = parts[0].0.itemCount
    }

    package func following(_ live: LiveState) -> any ItemScorer {
        BlendRecommender(parts: parts.map { ($0.scorer.following(live), $0.weight) })
    }

    /// As the part that weighs most explains them, of those that can.
    package func reasons(_ count: Int, for items: [UInt32], in profile: Profile) throws(CancellationError) -> [[Int]] {
        for part in parts.sorted(by: { $0.weight > $1.weight }) {
            let reasons = try part.scorer.reasons(count, for: items, in: profile)
            if reasons.contains(where: { !$0.isEmpty }) { return reasons }
        }
        return items.map { _ in [] }
    }

    /// An item is scored `-infinity` when no part with a weight other than 0 has anything to say of it.
    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        try withTemporaryMemory(of: Float.self, count: itemCount) { part throws(CancellationError) in
            try withTemporaryMemory(of: Bool.self, count: itemCount) { isScored throws(CancellationError) in
                scores.initialize(repeating: 0)
                isScored.initialize(repeating: false)
                var isAnyScored = false
                for (scorer, weight) in parts where weight != 0 {
                    guard try scorer.score(profile, into: part) else { continue }
                    for item in 0..<itemCount where part[item] > -.infinity { isScored[item] = true }
                    isAnyScored = StandardScores.standardize(part, for: profile) || isAnyScored
                    for item in 0..<itemCount { scores[item] += weight * part[item] }
                }
                for item in 0..<itemCount where !isScored[item] { scores[item] = -.infinity }
                return isAnyScored
            }
        }
    }
}
