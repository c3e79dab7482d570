/// Another scorer's items in the order in which lists of some diversity have them, so that their price can be measured.
package struct DiversifiedScorer: ItemScorer {
    private let scorer: any ItemScorer
    private let shaping: ListShaping
    private let length: Int

    /// - Parameters:
    ///   - diversity: see `RecommendationQuery.diversity`.
    ///   - length: of the lists; what comes behind is ranked as ever.
    package init(_ scorer: any ItemScorer, diversity: Double, similarity: ItemSimilarity, length: Int) {
        self.scorer = scorer
        self.length = length
        var shaping = ListShaping(similarity: similarity)
        shaping.diversity = diversity
        self.shaping = shaping
    }

    package var itemCount: Int { scorer.itemCount }

    /// The scores of what is listed are raised above all others.
    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        guard try scorer.score(profile, into: scores) else { return false }
        let own = profile.items.map { scores[Int($0)] }
        for item in profile.items { scores[Int(item)] = -.infinity }
        let count = shaping.candidateCount(for: length, of: itemCount)
        let candidates = TopK.best(count, of: scores, filter: nil)
        for (item, score) in zip(profile.items, own) { scores[Int(item)] = score }
        guard let highest = (candidates.map(\.score) + own).max(), highest > -.infinity else { return true }
        let step = max(abs(highest), 1) * 1e-4
        for (place, choice) in shaping.choose(length, from: candidates.map { Choice($0) }, seedShift: 0).enumerated() {
            scores[Int(choice.item)] = highest + step * Float(length - place)
        }
        return true
    }
}
