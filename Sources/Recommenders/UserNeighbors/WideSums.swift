/// `PackedSums` in 32 bytes, for profiles that `NarrowSums` cannot hold: up to 16,777,215 items on any scale.
///
/// Lane 0, from the lowest bit: xx 40, count 24. Lane 1: x 32, y 32. Lane 2: yy. Lane 3: xy.
struct WideSums: PackedSums {
    private var lanes: SIMD4<UInt64> = .zero

    static var zero: WideSums { WideSums() }

    static func fits(count: Int, maximumCode: UInt8) -> Bool { count < 1 << 24 }

    static func addend(forCode x: UInt8) -> UInt64 { UInt64(x) }

    var isZero: Bool { lanes[0] == 0 }

    mutating func add(_ x: UInt64, code: UInt8) {
        let y = UInt64(code)
        lanes &+= [1 << 40 | x * x, x | y << 32, y * y, x * y]
    }

    var unpacked: CoRatings {
        CoRatings(
            count: lanes[0] >> 40, x: lanes[1] & 0xffff_ffff, y: lanes[1] >> 32, xx: lanes[0] & 0xff_ffff_ffff, yy: lanes[2],
            xy: lanes[3])
    }
}
