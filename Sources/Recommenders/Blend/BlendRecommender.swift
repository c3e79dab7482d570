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

    /// An item is scored `-infinity` when no part with a weight other than 0 has anything to say of it.
    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        try withScoredParts(profile, into: scores) { scored in scored.contains { $0.standard.isAnyScored } }
    }

    package func explained(
        _ count: Int, for profile: Profile, filter: ItemFilter?, pick: EntryPick
    ) throws(CancellationError) -> [ExplainedEntry] {
        try withTemporaryMemory(of: Float.self, count: itemCount) { scores throws(CancellationError) in
            try withScoredParts(profile, into: scores) { scored throws(CancellationError) in
                guard scored.contains(where: { $0.standard.isAnyScored }) else {
                    return try pick([]).map { ExplainedEntry(entry: $0, contributions: nil) }
                }
                for item in profile.items { scores[Int(item)] = -.infinity }
                let picked = try pick(TopK.best(count, of: scores, filter: filter))
                return zip(picked, try contributions(of: scored, to: picked, in: profile)).map {
                    ExplainedEntry(entry: $0, contributions: $1)
                }
            }
        }
    }

    package func contributions(
        to entries: [TopK.Entry], in profile: Profile
    ) throws(CancellationError) -> [ItemContributions?] {
        try withTemporaryMemory(of: Float.self, count: itemCount) { scores throws(CancellationError) in
            try withScoredParts(profile, into: scores) { scored throws(CancellationError) in
                try contributions(of: scored, to: entries, in: profile)
            }
        }
    }

    /// What a part says of all items.
    private struct ScoredPart {
        let scorer: any ItemScorer
        let weight: Float
        let scores: UnsafeMutableBufferPointer<Float>
        let standard: StandardScores
    }

    /// Calls `body` with the parts that have something to say, when their sum stands in `scores`.
    private func withScoredParts<Result>(
        _ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>,
        _ body: ([ScoredPart]) throws(CancellationError) -> Result
    ) throws(CancellationError) -> Result {
        try withTemporaryMemory(of: Float.self, count: itemCount * parts.count) { memory throws(CancellationError) in
            try withTemporaryMemory(of: Bool.self, count: itemCount) { isScored throws(CancellationError) in
                var scored: [ScoredPart] = []
                scores.initialize(repeating: 0)
                isScored.initialize(repeating: false)
                for (scorer, weight) in parts where weight != 0 {
                    let start = scored.count * itemCount
                    let part = UnsafeMutableBufferPointer(rebasing: memory[start..<start + itemCount])
                    guard try scorer.score(profile, into: part) else { continue }
                    let standard = StandardScores(of: part, for: profile)
                    for item in 0..<itemCount where part[item] > -.infinity { isScored[item] = true }
                    for item in 0..<itemCount { scores[item] += weight * standard.value(part[item]) }
                    scored.append(ScoredPart(scorer: scorer, weight: weight, scores: part, standard: standard))
                }
                for item in 0..<itemCount where !isScored[item] { scores[item] = -.infinity }
                return try body(scored)
            }
        }
    }

    /// A part's weight times its standard score is a sum like the part's own score: all of that times weight over deviation, less
    /// what the part's mean comes to.
    private func contributions(
        of scored: [ScoredPart], to entries: [TopK.Entry], in profile: Profile
    ) throws(CancellationError) -> [ItemContributions?] {
        let none = ItemContributions(ratings: [Double](repeating: 0, count: profile.items.count))
        var contributions = entries.map { $0.score > -.infinity ? none : nil }
        for part in scored {
            let own = entries.map { TopK.Entry(element: $0.element, score: part.scores[Int($0.element)]) }
            let ownContributions = try part.scorer.contributions(to: own, in: profile)
            let factor = Double(part.weight) * Double(part.standard.scale)
            for place in entries.indices {
                if let ofPart = ownContributions[place] {
                    contributions[place]?.add(ofPart, times: factor)
                    contributions[place]?.base -= factor * Double(part.standard.mean)
                } else {
                    contributions[place]?.base += Double(part.weight * part.standard.value(own[place].score))
                }
            }
        }
        return contributions
    }
}
