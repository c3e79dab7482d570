import Testing

@testable import Recommenders

@Suite struct RatingMatrixBuilderTests {
    /// Ratings in several chunks, in the order in which they come.
    private struct Ratings {
        var all: [(user: UInt32, item: UInt32, code: UInt8, time: UInt32)] = []
        var chunkEnds: [Int] = []

        var chunks: [RatingChunk] {
            zip([0] + chunkEnds, chunkEnds).map { start, end in
                let chunk = RatingChunk(capacity: end - start)
                for rating in all[start..<end] {
                    chunk.add(user: rating.user, item: rating.item, code: rating.code, time: rating.time)
                }
                return chunk
            }
        }
    }

    private func random(users: Int, items: Int, seed: UInt64) -> Ratings {
        var generator = SeededGenerator(seed)
        var ratings = Ratings()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                ratings.all.append(
                    (
                        UInt32.random(in: 0..<UInt32(users), using: &generator),
                        UInt32.random(in: 0..<UInt32(items), using: &generator),
                        UInt8.random(in: 1...10, using: &generator), UInt32.random(in: 0..<3, using: &generator)
                    ))
            }
            ratings.chunkEnds.append(ratings.all.count)
        }
        return ratings
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func keepsTheLatestOfEachUsersRatingsOfAnItem(seed: UInt64) {
        let (users, items) = (Int(seed % 13) + 1, seed % 3 == 0 ? 5000 : Int(seed % 7) + 1)
        let ratings = random(users: users, items: items, seed: seed)
        var expected: [[UInt32]: (code: UInt8, time: UInt32)] = [:]
        for rating in ratings.all where rating.time >= expected[[rating.user, rating.item]]?.time ?? 0 {
            expected[[rating.user, rating.item]] = (rating.code, rating.time)
        }
        let inOrder = expected.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var matrices: [RatingMatrix] = []
        for (threads, bucketSize) in [(1, 1 << 16), (3, 1), (2, 20)] {
            var chunks = ratings.chunks
            let builder = RatingMatrixBuilder(userCount: users, itemCount: items, threads: threads, bucketSize: bucketSize)
            let (matrix, duplicates) = builder.matrix(of: &chunks)
            #expect(duplicates == ratings.all.count - expected.count && chunks.isEmpty)
            matrices.append(matrix)
        }
        #expect(matrices.allSatisfy { $0 == matrices[0] })
        let matrix = matrices[0]
        #expect(Array(matrix.items) == inOrder.map { $0.key[1] } && Array(matrix.rowCodes) == inOrder.map(\.value.code))
        #expect(Array(matrix.rowTimes) == inOrder.map(\.value.time))
        for user in 0..<users { #expect(matrix.row(user).count == inOrder.count { $0.key[0] == UInt32(user) }) }
        let byItem = inOrder.sorted { ($0.key[1], $0.key[0]) < ($1.key[1], $1.key[0]) }
        #expect(Array(matrix.users) == byItem.map { $0.key[0] } && Array(matrix.columnCodes) == byItem.map(\.value.code))
        for item in 0..<items { #expect(matrix.column(item).count == inOrder.count { $0.key[1] == UInt32(item) }) }
    }

    @Test(arguments: [1, 2, 5]) func makesTheSameColumnsOnAnyNumberOfThreads(threads: Int) {
        let expected = RandomDataset.matrix(users: 200, items: 5, density: 0.5, seed: 1)
        let matrix = RatingMatrix(
            itemCount: 5, rowStarts: expected.rowStarts, items: expected.items, rowCodes: expected.rowCodes,
            rowTimes: expected.rowTimes, threads: threads)
        #expect(matrix == expected)
        for item in 0..<5 {
            let column = (0..<200).flatMap { user in
                matrix.row(user).compactMap { matrix.items[$0] == item ? [UInt32(user), UInt32(matrix.rowCodes[$0])] : nil }
            }
            #expect(matrix.column(item).map { [matrix.users[$0], UInt32(matrix.columnCodes[$0])] } == column)
        }
    }
}
