/// Chooses items that are good and unlike those that were chosen before (Carbonell and Goldstein, "The use of MMR, diversity-based reranking for
/// reordering documents and producing summaries", 1998).
///
/// Each next item is the one whose (1 - `diversity`) · relevance - `diversity` · similarity is highest: its relevance its score on the way from
/// the lowest to the highest of all, 0 to 1, and its similarity that to the chosen item that it is most like.
struct MaximalMarginalRelevance: Sendable {
    /// From 0 to 1.
    let diversity: Double

    /// - Parameters:
    ///   - scores: finite, best first.
    ///   - similarities: among the same items.
    /// - Returns: places in `scores`, at most `count`; of equally good items the earlier comes first.
    /// - Complexity: O(`count` · `scores.count`) similarities.
    func pick(_ count: Int, of scores: [Double], similarities: PoolSimilarities) -> [Int] {
        guard let highest = scores.max(), let lowest = scores.min() else { return [] }
        let width = highest - lowest
        let relevance = scores.map { width > 0 ? ($0 - lowest) / width : 0 }
        var nearest = [Double](repeating: 0, count: scores.count)
        var isOpen = [Bool](repeating: true, count: scores.count)
        var picked: [Int] = []
        while picked.count < min(count, scores.count) {
            var best: (place: Int, value: Double)?
            for place in scores.indices where isOpen[place] {
                let value = (1 - diversity) * relevance[place] - diversity * nearest[place]
                if value > best?.value ?? -.infinity { best = (place, value) }
            }
            guard let best else { break }
            picked.append(best.place)
            isOpen[best.place] = false
            for place in scores.indices where isOpen[place] {
                nearest[place] = max(nearest[place], similarities[place, best.place])
            }
        }
        return picked
    }
}
