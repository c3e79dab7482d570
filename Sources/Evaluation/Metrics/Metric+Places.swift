extension Metric {
    /// A list's metric from where in it the held-out items stand.
    ///
    /// - Parameters:
    ///   - places: of the held-out items that stand anywhere, counted from 0, ascending.
    ///   - heldOut: how many there are in all, at least 1.
    /// - Returns: nil for metrics that need more than that.
    func value(places: [Int], heldOut: Int, discounts: DiscountTable) -> Double? {
        if self == .reciprocalRank { return places.first.map { 1 / Double($0 + 1) } ?? 0 }
        guard let cutoff else { return nil }
        let hits = places.prefix { $0 < cutoff }
        let most = min(cutoff, heldOut)
        switch self {
        case .hitRate: return hits.isEmpty ? 0 : 1
        case .recall: return Double(hits.count) / Double(heldOut)
        case .cappedRecall: return Double(hits.count) / Double(most)
        case .precision: return Double(hits.count) / Double(cutoff)
        case .ndcg: return hits.reduce(0) { $0 + discounts.discounts[$1] } / discounts.ideals[most]
        case .meanAveragePrecision:
            return hits.enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element + 1) } / Double(most)
        default: return nil
        }
    }
}
