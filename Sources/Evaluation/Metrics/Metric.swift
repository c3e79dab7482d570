/// A figure that says how good an algorithm is, of the best n items that the user has not rated.
///
/// All items are ranked, never a sample, because samples can change which algorithm comes out ahead (Krichene and Rendle 2020).
package enum Metric: Hashable, Sendable {
    /// The share of users for whom at least one held-out item is among the best n.
    case hitRate(Int)
    /// Hits divided by the number of held-out items.
    case recall(Int)
    /// Hits divided by the number of held-out items or n, whichever is less: the "Recall" of Mult-VAE and EASE (Liang et al.
    /// 2018).
    case cappedRecall(Int)
    /// Hits divided by n.
    case precision(Int)
    /// Discounted cumulative gain, 1 / log2(place + 1) for a hit, divided by the best possible (Järvelin and Kekäläinen 2002).
    case ndcg(Int)
    /// The mean precision at the places of the hits, divided by the number of held-out items or n, whichever is less.
    case meanAveragePrecision(Int)
    /// One divided by the best place of a held-out item, however far down.
    case reciprocalRank
    /// The share of all items that are among the best n of any user.
    case coverage(Int)
    /// How rare the listed items are: the mean of −log2 of the share of users who rated the item in training, an unrated item
    /// counting as rated once (Zhou et al. 2010).
    case novelty(Int)
    /// One minus the mean cosine of the items' columns of who rated them, over all pairs in the list; of a sample of the users
    /// (Ziegler et al. 2005).
    case diversity(Int)
    /// Of the held-out ratings for which a rating is predicted.
    case rootMeanSquaredError
    case meanAbsoluteError
    /// The share of the held-out ratings for which a rating is predicted.
    case predictedShare

    /// The places in the list that count; nil where there is no such limit.
    package var cutoff: Int? {
        switch self {
        case .hitRate(let n), .recall(let n), .cappedRecall(let n), .precision(let n), .ndcg(let n), .meanAveragePrecision(let n),
            .coverage(let n), .novelty(let n), .diversity(let n):
            n
        case .reciprocalRank, .rootMeanSquaredError, .meanAbsoluteError, .predictedShare: nil
        }
    }

    package var isLowerBetter: Bool { self == .rootMeanSquaredError || self == .meanAbsoluteError }

    /// All of them at these cutoffs, in the order of tables.
    package static func all(at cutoffs: [Int]) -> [Metric] {
        let hits = cutoffs.map { ofHits(at: $0) }
        let further: [(Int) -> Metric] = [Metric.coverage, Metric.novelty, Metric.diversity]
        return (hits.first ?? []).indices.flatMap { kind in hits.map { $0[kind] } } + [.reciprocalRank]
            + further.flatMap { cutoffs.map($0) } + [.rootMeanSquaredError, .meanAbsoluteError, .predictedShare]
    }

    /// Those that follow from where in the list the held-out items stand.
    static func ofHits(at cutoff: Int) -> [Metric] {
        [
            .hitRate(cutoff), .ndcg(cutoff), .recall(cutoff), .cappedRecall(cutoff), .precision(cutoff),
            .meanAveragePrecision(cutoff),
        ]
    }
}
