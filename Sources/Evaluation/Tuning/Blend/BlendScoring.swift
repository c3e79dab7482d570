import Recommenders

/// Asks the algorithms about one user after the other.
struct BlendScoring {
    private let scorers: [any ItemScorer]
    private let set: EvaluationSet
    private let candidateCount: Int
    /// By algorithm: a score per item.
    private var scores: [[Float]]

    init(_ scorers: [any ItemScorer], _ set: EvaluationSet, candidates: Int) {
        self.scorers = scorers
        self.set = set
        candidateCount = candidates
        scores = scorers.map { [Float](repeating: 0, count: $0.itemCount) }
    }

    mutating func candidates(for user: Int) -> BlendCandidates {
        let profile = set.training.profile(of: user)
        let heldOut = Array(set.heldOut.items[set.heldOut.row(user)])
        let masked = Array(set.masked.items[set.masked.row(user)])
        var chosen = Set(heldOut)
        var lowest = [Float](repeating: -.infinity, count: scorers.count)
        for part in scorers.indices {
            scores[part].withUnsafeMutableBufferPointer { scores in
                guard scorers[part].answer(profile, into: scores) else {
                    scores.update(repeating: -.infinity)
                    lowest[part] = 0
                    return
                }
                let raw = Array(scores)
                StandardScores.standardize(scores, for: profile)
                for item in raw.indices where raw[item] == -.infinity {
                    // All such items have the same.
                    lowest[part] = scores[item]
                    scores[item] = -.infinity
                }
                var ranked = Array(scores)
                for item in profile.items + masked { ranked[Int(item)] = -.infinity }
                chosen.formUnion(ranked.withUnsafeMutableBufferPointer { Ranking.best(candidateCount, of: $0) })
            }
        }
        let items = chosen.sorted()
        return BlendCandidates(
            scores: items.flatMap { item in scores.map { $0[Int(item)] } }, lowest: lowest,
            heldOut: items.indices.filter { heldOut.contains(items[$0]) })
    }
}
