/// `OverlapSums` in 16 bytes, for profiles that `NarrowOverlap` cannot hold.
struct WideOverlap: OverlapSums {
    private var lanes: SIMD2<Int64>

    static let zero = WideOverlap(lanes: .zero)

    private init(lanes: SIMD2<Int64>) { self.lanes = lanes }

    init(_ summand: Int64) { lanes = [summand, 1] }

    static func += (left: inout WideOverlap, right: WideOverlap) { left.lanes &+= right.lanes }

    static func -= (left: inout WideOverlap, right: WideOverlap) { left.lanes &-= right.lanes }

    var count: Int { Int(lanes[1]) }
    var total: Int64 { lanes[0] }
}
