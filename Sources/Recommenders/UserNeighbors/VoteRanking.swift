/// What becomes of an item's votes: what is shown of it, and in the order `match` its place in the list.
struct VoteRanking {
    /// How many voted, on this item or not.
    let neighbours: Int
    let scale: RatingScale

    /// - Returns: nil when the item is left out.
    func match(_ votes: ItemVotes, leastShare: Double) -> Float? {
        let steps = Double(scale.maximumCode) - 1
        // A mean that is the threshold by definition must not fail it by rounding.
        guard votes.predictedCode - 1 >= leastShare * steps - 1e-9 else { return nil }
        // Below 1, so that it only orders what has the same whole percent.
        return Float(Double(votes.count * 100 / neighbours) + (votes.predictedCode - 1) / (steps + 1))
    }

    func predictedRating(_ votes: ItemVotes) -> Double {
        min(max(scale.minimum + (votes.predictedCode - 1) * scale.step, scale.minimum), scale.maximum)
    }

    func matchPercent(_ votes: ItemVotes) -> Double {
        100 * Double(votes.count) / Double(neighbours)
    }
}
