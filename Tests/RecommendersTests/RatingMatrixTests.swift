import Testing

@testable import Recommenders

@Suite struct RatingMatrixTests {
    @Test(arguments: 0..<30 as Range<UInt64>) func hasTheSameRatingsByUserAndByItem(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let matrix = RandomDataset.matrix(
            users: Int.random(in: 0..<30, using: &generator), items: Int.random(in: 0..<30, using: &generator),
            density: Double.random(in: 0...1, using: &generator), seed: seed)
        let byUser = (0..<matrix.userCount).flatMap { user in
            matrix.row(user).map { [user, Int(matrix.items[$0]), Int(matrix.rowCodes[$0])] }
        }
        let byItem = (0..<matrix.itemCount).flatMap { item in
            matrix.column(item).map { [Int(matrix.users[$0]), item, Int(matrix.columnCodes[$0])] }
        }
        #expect(byUser == byItem.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(matrix.ratingCount == byUser.count)
        for item in 0..<matrix.itemCount {
            let users = matrix.users[matrix.column(item)]
            #expect(zip(users, users.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func isCollectedFromRatingsInAnyOrder(seed: UInt64) {
        var generator = SeededGenerator(seed)
        var collector = RatingCollector(expectedCount: 0)
        let userRanks: [UInt32] = (0..<7).shuffled(using: &generator)
        let itemRanks: [UInt32] = (0..<9).shuffled(using: &generator)
        var expected: [[UInt32]: (time: Int64, code: UInt8)] = [:]
        for _ in 0..<100 {
            let (user, item) = (Int.random(in: 0..<7, using: &generator), Int.random(in: 0..<9, using: &generator))
            let (code, time) = (UInt8.random(in: 1...10, using: &generator), Int64.random(in: -2..<2, using: &generator))
            collector.add(user: UInt32(user), item: UInt32(item), code: code, time: time)
            let place = [userRanks[user], itemRanks[item]]
            if expected[place].map({ time >= $0.time }) ?? true { expected[place] = (time, code) }
        }
        let (matrix, duplicates) = collector.matrix(userRanks: userRanks, itemRanks: itemRanks)
        #expect(duplicates == 100 - expected.count && matrix.ratingCount == expected.count)
        for user in 0..<matrix.userCount {
            for place in matrix.row(user) {
                #expect(expected[[UInt32(user), matrix.items[place]]]?.code == matrix.rowCodes[place])
            }
        }
    }
}
