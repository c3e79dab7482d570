/// `CoRatingSums` in 16 bytes, for all but very long profiles on fine scales: half stars fit up to 65,535 items.
///
/// Lane 0, from the lowest bit: count 16, xy 24, xx 24. Lane 1: x 20, y 20, yy 24.
struct NarrowSums: CoRatingSums {
    private var lanes: SIMD2<UInt64>

    static let zero = NarrowSums(lanes: .zero)

    /// Whether sums over up to `count` items with codes up to `maximumCode` are exact.
    static func fits(count: Int, maximumCode: UInt8) -> Bool {
        // These two bound x and y as well: (count · code)² = count · (count · code²) is below 2^40.
        count < 1 << 16 && count * Int(maximumCode) * Int(maximumCode) < 1 << 24
    }

    private init(lanes: SIMD2<UInt64>) { self.lanes = lanes }

    init(x: UInt8, y: UInt8) {
        let x = UInt64(x)
        let y = UInt64(y)
        lanes = [1 | x * y << 16 | x * x << 40, x | y << 20 | y * y << 40]
    }

    static func += (left: inout NarrowSums, right: NarrowSums) { left.lanes &+= right.lanes }

    static func -= (left: inout NarrowSums, right: NarrowSums) { left.lanes &-= right.lanes }

    var count: Int { Int(lanes[0] & 0xffff) }

    var unpacked: CoRatings {
        CoRatings(
            count: lanes[0] & 0xffff, x: lanes[1] & 0xf_ffff, y: lanes[1] >> 20 & 0xf_ffff,
            xx: lanes[0] >> 40, yy: lanes[1] >> 40, xy: lanes[0] >> 16 & 0xff_ffff)
    }
}
