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
        var isScored = [Bool](repeating: false, count: set.training.itemCount)
        for part in scorers.indices {
            scores[part].withUnsafeMutableBufferPointer { scores in
                guard scorers[part].score(profile, into: scores) else {
                    scores.update(repeating: 0)
                    return
                }
                for item in isScored.indices where scores[item] > -.infinity { isScored[item] = true }
                var ranked = Array(scores)
                for item in profile.items + masked { ranked[Int(item)] = -.infinity }
                chosen.formUnion(ranked.withUnsafeMutableBufferPointer { Ranking.best(candidateCount, of: $0) })
                StandardScores.standardize(scores, for: profile)
            }
        }
        let items = chosen.sorted()
        let rows = items.flatMap { item in
            scores.map { isScored[Int(item)] ? $0[Int(item)] : -.infinity }
        }
        return BlendCandidates(
            scores: rows, heldOut: items.indices.filter { heldOut.contains(items[$0]) }, width: scorers.count)
    }
}
