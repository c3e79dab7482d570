extension Metric: LosslessStringConvertible {
    /// As reports and options spell it: `ndcg@10`.
    package var description: String {
        cutoff.map { "\(kind)@\($0)" } ?? kind
    }

    /// - Returns: nil unless it is a name that `description` gives, in capitals or not.
    package init?(_ description: String) {
        let parts = description.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        guard let kind = parts.first, parts.count <= 2 else { return nil }
        let cutoff = parts.count == 2 ? Int(parts[1]) : 1
        guard let cutoff, cutoff > 0 else { return nil }
        guard let metric = Metric.all(at: [cutoff]).first(where: { $0.kind == kind }) else { return nil }
        guard (metric.cutoff != nil) == (parts.count == 2) else { return nil }
        self = metric
    }

    private var kind: String {
        switch self {
        case .hitRate: "hr"
        case .recall: "recall"
        case .cappedRecall: "recall-capped"
        case .precision: "precision"
        case .ndcg: "ndcg"
        case .meanAveragePrecision: "map"
        case .reciprocalRank: "mrr"
        case .coverage: "coverage"
        case .novelty: "novelty"
        case .diversity: "diversity"
        case .rootMeanSquaredError: "rmse"
        case .meanAbsoluteError: "mae"
        case .predictedShare: "predicted"
        }
    }

    /// For people: `NDCG@10`, `Recall@10 (of min(n, held out))`.
    package var title: String {
        switch self {
        case .hitRate(let n): "HR@\(n)"
        case .recall(let n): "Recall@\(n)"
        case .cappedRecall(let n): "Recall@\(n) of min(n, held out)"
        case .precision(let n): "Precision@\(n)"
        case .ndcg(let n): "NDCG@\(n)"
        case .meanAveragePrecision(let n): "MAP@\(n)"
        case .reciprocalRank: "MRR"
        case .coverage(let n): "Coverage@\(n)"
        case .novelty(let n): "Novelty@\(n)"
        case .diversity(let n): "Diversity@\(n)"
        case .rootMeanSquaredError: "RMSE"
        case .meanAbsoluteError: "MAE"
        case .predictedShare: "Predicted share"
        }
    }
}
