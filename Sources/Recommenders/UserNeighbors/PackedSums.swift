/// Several sums over the items that one user shares with a profile, side by side in as few words as hold them, so that one addition
/// advances all of them.
///
/// Every sum has as many bits as it can need, so that none runs over into its neighbour.
protocol PackedSums: Sendable {
    static var zero: Self { get }
    static func += (left: inout Self, right: Self)
    /// Takes back what was added before, whatever came between.
    static func -= (left: inout Self, right: Self)

    /// How many items are shared.
    var count: Int { get }
}

/// The six sums of `CoRatings`.
protocol CoRatingSums: PackedSums {
    /// What an item adds that the profile gave code x and the other user code y.
    init(x: UInt8, y: UInt8)

    var unpacked: CoRatings { get }
}

/// A count and one weighted sum.
protocol OverlapSums: PackedSums {
    /// What one item adds.
    init(_ summand: Int64)

    var total: Int64 { get }
}
