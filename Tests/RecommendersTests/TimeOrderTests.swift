import Testing

@testable import Recommenders

@Suite struct TimeOrderTests {
    @Test(arguments: [0, 1, 2, 47, 48, 500, 3_000], [1, 2, 900, 100_000, .max] as [UInt32])
    func putsRatingsInOrderOfTimeThenItem(count: Int, span: UInt32) {
        var random = SeededGenerator(UInt64(count) ^ UInt64(span))
        let times = (0..<count + 2).map { _ in UInt32.random(in: 0..<span, using: &random) }
        // The row is not the first, so that its places are not those of the matrix.
        let ratings = RatingMatrix(
            itemCount: count + 2, rowStarts: [0, 2, count + 2], items: [0, 1] + (0..<UInt32(count)),
            rowCodes: times.map { _ in 1 },
            rowTimes: times)
        let row = Array(times[2...])
        var order = TimeOrder()
        for _ in 0..<2 {
            var found: [Int]?
            let hasOrder = order.withPlaces(of: ratings.row(1), in: ratings) { found = $0.map { TimeOrder.place($0) } }
            #expect(hasOrder == (Set(row).count > 1))
            #expect(found == (hasOrder ? row.indices.sorted { (row[$0], $0) < (row[$1], $1) } : nil))
        }
    }
}
