/// `PackedSums` in 16 bytes, for all but very long profiles on fine scales: half stars fit up to 65,535 items.
///
/// Lane 0, from the lowest bit: count 16, xy 24, xx 24. Lane 1: x 20, y 20, yy 24.
struct NarrowSums: PackedSums {
    private var lanes: SIMD2<UInt64> = .zero

    static var zero: NarrowSums { NarrowSums() }

    static func fits(count: Int, maximumCode: UInt8) -> Bool {
        // These two bound x and y as well: (count · code)² = count · (count · code²) is below 2^40.
        count < 1 << 16 && count * Int(maximumCode) * Int(maximumCode) < 1 << 24
    }

    struct Addend {
        fileprivate let base: SIMD2<UInt64>
        fileprivate let perCode: SIMD2<UInt64>
    }

    static func addend(forCode x: UInt8) -> Addend {
        let x = UInt64(x)
        return Addend(base: [1 | x * x << 40, x], perCode: [x << 16, 1 << 20])
    }

    var isZero: Bool { lanes[0] == 0 }

    mutating func add(_ addend: Addend, code: UInt8) {
        let y = UInt64(code)
        lanes[0] &+= addend.base[0] &+ y &* addend.perCode[0]
        lanes[1] &+= addend.base[1] &+ y &* (addend.perCode[1] &+ y << 40)
    }

    var unpacked: CoRatings {
        CoRatings(
            count: lanes[0] & 0xffff, x: lanes[1] & 0xf_ffff, y: lanes[1] >> 20 & 0xf_ffff,
            xx: lanes[0] >> 40, yy: lanes[1] >> 40, xy: lanes[0] >> 16 & 0xff_ffff)
    }
}
