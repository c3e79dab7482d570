/// `OverlapSums` in 8 bytes: the count in the lower 20 bits, the sum in the upper 44.
struct NarrowOverlap: OverlapSums {
    private var bits: Int64

    static let zero = NarrowOverlap(bits: 0)

    /// Whether sums over up to `count` items of summands between `-magnitude` and `magnitude` are exact.
    static func fits(count: Int, magnitude: Int64) -> Bool {
        count < 1 << 20 && magnitude < 1 << 23
    }

    private init(bits: Int64) { self.bits = bits }

    init(_ summand: Int64) { bits = summand << 20 + 1 }

    static func += (left: inout NarrowOverlap, right: NarrowOverlap) { left.bits &+= right.bits }

    static func -= (left: inout NarrowOverlap, right: NarrowOverlap) { left.bits &-= right.bits }

    var count: Int { Int(bits & 0xf_ffff) }
    var total: Int64 { bits >> 20 }
}
