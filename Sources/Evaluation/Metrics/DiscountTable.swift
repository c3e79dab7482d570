#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The weights of the places in NDCG.
struct DiscountTable: Sendable {
    /// 1 / log2(place + 2), places counted from 0.
    let discounts: [Double]
    /// The gain of a list whose first n places are hits, by n.
    let ideals: [Double]

    init(count: Int) {
        discounts = (0..<count).map { 1 / log2(Double($0 + 2)) }
        ideals = discounts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }
}
