import Testing

@testable import Recommenders

@Suite struct BlockedSumsTests {
    /// Blocks that end within the users, at their end and beyond it.
    @Test(arguments: [1, 7, 20, 60, 100])
    func addsUpWhatTheRowsSay(blockLength: Int) throws {
        let sample = UserNeighborSample("", seed: 6, users: 60, items: 40, density: 0.2, scale: .halfStars)
        let items: [UInt32] = [0, 3, 17, 39]
        let codes: [UInt8] = [10, 1, 7, 4]
        var sums = BlockedSums<WideSums>(blockLength: blockLength)
        // Twice, since it has to leave zeros behind.
        for _ in 0..<2 {
            var found: [CoRatings] = []
            var firsts: [Int] = []
            try sums.forEachBlock(
                sharing: items, in: CurrentRatings(file: sample.matrix, live: nil), maximumCode: 10,
                addend: { WideSums(x: codes[$0], y: $1) }
            ) { first, block in
                firsts.append(first)
                found += block.map(\.unpacked)
            }
            #expect(firsts == Array(stride(from: 0, to: 60, by: blockLength)))
            let expected = sample.users.map { user in
                var sums = WideSums.zero
                for (item, code) in zip(items, codes) {
                    if let other = user[item] { sums += WideSums(x: code, y: other) }
                }
                return sums.unpacked
            }
            #expect(found == expected)
        }
    }
}
