import Recommenders

/// Products of the users × items matrix of ratings, its columns scaled, with dense matrices of `width` columns, by row.
struct SparseProduct: Sendable {
    let ratings: CoOccurrences
    let itemScales: [Float]
    let width: Int
    let threads: Int

    /// users × `width`, of a matrix with a row for every item.
    func times(_ matrix: [Float]) -> [Float] {
        product(rows: ratings.userCount) { user, sum in
            matrix.withUnsafeBufferPointer { matrix in
                for place in ratings.rowStarts[user]..<ratings.rowStarts[user + 1] {
                    let item = Int(ratings.items[place])
                    Self.add(matrix, row: item, times: ratings.weights[place] * itemScales[item], to: sum)
                }
            }
        }
    }

    /// items × `width`, of a matrix with a row for every user.
    func transposed(times matrix: [Float]) -> [Float] {
        product(rows: ratings.itemCount) { item, sum in
            matrix.withUnsafeBufferPointer { matrix in
                for column in ratings.columnStarts[item]..<ratings.columnStarts[item + 1] {
                    let weight = ratings.weights[Int(ratings.places[column])] * itemScales[item]
                    Self.add(matrix, row: Int(ratings.users[column]), times: weight, to: sum)
                }
            }
        }
    }

    private func product(rows: Int, _ write: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows * width) { buffer, count in
            let buffer = SharedBuffer(buffer)
            Parallel.forEachRange(of: rows, stride: 32, threads: threads) { range in
                for row in range {
                    let sum = buffer[row * width..<(row + 1) * width]
                    sum.initialize(repeating: 0)
                    write(row, sum)
                }
            }
            count = rows * width
        }
    }

    private static func add(
        _ matrix: UnsafeBufferPointer<Float>, row: Int, times factor: Float, to sum: UnsafeMutableBufferPointer<Float>
    ) {
        let start = row * sum.count
        for column in sum.indices { sum[column] += factor * matrix[start + column] }
    }
}
