/// `CoRatingSums` in 32 bytes, for profiles that `NarrowSums` cannot hold: up to 16,777,215 items on any scale.
///
/// Lane 0, from the lowest bit: xx 40, count 24. Lane 1: x 32, y 32. Lane 2: yy. Lane 3: xy.
struct WideSums: CoRatingSums {
    private var lanes: SIMD4<UInt64>

    static let zero = WideSums(lanes: .zero)

    private init(lanes: SIMD4<UInt64>) { self.lanes = lanes }

    init(x: UInt8, y: UInt8) {
        let x = UInt64(x)
        let y = UInt64(y)
        lanes = [1 << 40 | x * x, x | y << 32, y * y, x * y]
    }

    static func += (left: inout WideSums, right: WideSums) { left.lanes &+= right.lanes }

    static func -= (left: inout WideSums, right: WideSums) { left.lanes &-= right.lanes }

    var count: Int { Int(lanes[0] >> 40) }

    var unpacked: CoRatings {
        CoRatings(
            count: lanes[0] >> 40, x: lanes[1] & 0xffff_ffff, y: lanes[1] >> 32, xx: lanes[0] & 0xff_ffff_ffff, yy: lanes[2],
            xy: lanes[3])
    }
}
