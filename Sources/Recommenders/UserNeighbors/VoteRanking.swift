/// What becomes of an item's votes: its place in the list, and what is shown of it.
struct VoteRanking {
    let order: UserNeighborParameters.Order
    /// How many voted, on this item or not.
    let neighbours: Int
    let scale: RatingScale

    /// - Returns: nil when the item is left out.
    func score(_ votes: ItemVotes) -> Float? {
        switch order {
        case .agreement:
            return Float(votes.agreement / Double(scale.maximumCode))
        case .match(let leastShare):
            let steps = Double(scale.maximumCode) - 1
            // A mean that is the threshold by definition must not fail it by rounding.
            guard votes.predictedCode - 1 >= leastShare * steps - 1e-9 else { return nil }
            // Below 1, so that it only orders what has the same whole percent.
            return Float(Double(votes.count * 100 / neighbours) + (votes.predictedCode - 1) / (steps + 1))
        }
    }

    func predictedRating(_ votes: ItemVotes) -> Double {
        min(max(scale.minimum + (votes.predictedCode - 1) * scale.step, scale.minimum), scale.maximum)
    }

    func matchPercent(_ votes: ItemVotes) -> Double {
        100 * Double(votes.count) / Double(neighbours)
    }
}
