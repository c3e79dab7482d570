import Testing

@testable import Recommenders

@Suite struct PackedSumsTests {
    /// As many items as fit, all with the highest codes, so that every sum is as large as it can be.
    @Test(arguments: [10, 255] as [UInt8])
    func keepTheSumsOfAsManyItemsAsFit(code: UInt8) {
        var count = 1
        while NarrowSums.fits(count: count + 1, maximumCode: code) { count += 1 }
        #expect(count == (code == 10 ? 65_535 : 258))
        let square = UInt64(count) * UInt64(code) * UInt64(code)
        let expected = CoRatings(
            count: UInt64(count), x: UInt64(count) * UInt64(code), y: UInt64(count) * UInt64(code), xx: square, yy: square,
            xy: square)
        #expect(sum(count, of: NarrowSums(x: code, y: code)).unpacked == expected)
        #expect(sum(count, of: WideSums(x: code, y: code)).unpacked == expected)
    }

    @Test func keepEverySumInItsPlace() {
        let expected = CoRatings(count: 2, x: 3 + 200, y: 7 + 1, xx: 9 + 40_000, yy: 49 + 1, xy: 21 + 200)
        var narrow = NarrowSums(x: 3, y: 7)
        narrow += NarrowSums(x: 200, y: 1)
        var wide = WideSums(x: 3, y: 7)
        wide += WideSums(x: 200, y: 1)
        #expect(narrow.unpacked == expected)
        #expect(wide.unpacked == expected)
        #expect(narrow.count == 2 && wide.count == 2)
    }

    @Test(arguments: [-(1 << 23) + 1, -1, 0, (1 << 23) - 1] as [Int64])
    func keepCountAndTotalOfOverlapsApart(summand: Int64) {
        #expect(NarrowOverlap.fits(count: (1 << 20) - 1, magnitude: abs(summand)))
        #expect(!NarrowOverlap.fits(count: 1 << 20, magnitude: 1))
        #expect(!NarrowOverlap.fits(count: 1, magnitude: 1 << 23))
        // By doubling, up to as many items as fit.
        var narrow = NarrowOverlap(summand)
        var wide = WideOverlap(summand)
        for bit in 1..<20 {
            #expect(narrow.count == 1 << bit - 1 && wide.count == 1 << bit - 1)
            #expect(narrow.total == (1 << bit - 1) * summand && wide.total == narrow.total)
            narrow += narrow
            narrow += NarrowOverlap(summand)
            wide += wide
            wide += WideOverlap(summand)
        }
        #expect(narrow.count == (1 << 20) - 1)
        #expect(narrow.total == ((1 << 20) - 1) * summand)
    }

    private func sum<Sums: PackedSums>(_ count: Int, of addend: Sums) -> Sums {
        var sum = Sums.zero
        for _ in 0..<count { sum += addend }
        return sum
    }
}
