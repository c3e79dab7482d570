import COpenBLAS
import Recommenders

/// Solved by the inverse of the users' Gram matrix, which is the smaller one where there are fewer users than items: with
/// K = XXᵀ + λI and M = XᵀK⁻¹X the Woodbury identity gives λP = I - M, so that S = M and d = 1 - diag M.
struct DualEASE: EASESolution {
    private let pairs: CoOccurrences
    /// K⁻¹, all of it, by row.
    private let inverse: FlatArray<Float>
    let denominators: [Float]

    /// - Parameter pairs: all pairs alike in closeness, without which X is no factor of their sums.
    /// - Complexity: O(users³ + users · ratings), memory users² × 4 bytes.
    init(
        _ pairs: CoOccurrences, regularization: Double, threads: Int, progress: @Sendable (Double) -> Void
    ) throws(TrainingError) {
        let count = pairs.userCount
        let inverse = try FlatArray<Float>(count: count * count) { buffer throws(TrainingError) in
            let matrix = SymmetricMatrix(buffer, size: count)
            Parallel.forEachRange(of: count, stride: 8, threads: threads) { users in
                for user in users {
                    let row = matrix.row(user)
                    row.initialize(repeating: 0)
                    pairs.addUsers(sharingWith: user, to: row)
                    row[user] += Float(regularization)
                }
            }
            progress(0.2)
            try matrix.invert(threads: threads)
        }
        self.pairs = pairs
        self.inverse = inverse
        denominators = [Float](unsafeUninitializedCapacity: pairs.itemCount) { buffer, initializedCount in
            let denominators = SharedBuffer(buffer)
            Parallel.forEachRange(of: pairs.itemCount, stride: 16, threads: threads) { items in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { row in
                    for item in items {
                        Self.write(item, pairs, inverse, to: row)
                        denominators[item] = 1 - pairs.sum(of: item, over: UnsafeBufferPointer(row))
                    }
                }
            }
            initializedCount = pairs.itemCount
        }
    }

    func write(_ item: Int, to row: UnsafeMutableBufferPointer<Float>) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: pairs.userCount) { users in
            Self.write(item, pairs, inverse, to: users)
            for other in 0..<pairs.itemCount { row[other] = pairs.sum(of: other, over: UnsafeBufferPointer(users)) }
        }
    }

    func apply(to items: [UInt32], _ strengths: [Float], _ sums: UnsafeMutableBufferPointer<Float>) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * pairs.userCount) { memory in
            let total = UnsafeMutableBufferPointer(rebasing: memory[..<pairs.userCount])
            let users = UnsafeMutableBufferPointer(rebasing: memory[pairs.userCount...])
            total.initialize(repeating: 0)
            for (item, strength) in zip(items, strengths) {
                Self.write(Int(item), pairs, inverse, to: users)
                for user in total.indices { total[user] += strength * users[user] }
            }
            for other in 0..<pairs.itemCount { sums[other] = pairs.sum(of: other, over: UnsafeBufferPointer(total)) }
        }
    }

    /// Row `item` of XᵀK⁻¹.
    private static func write(
        _ item: Int, _ pairs: CoOccurrences, _ inverse: FlatArray<Float>, to row: UnsafeMutableBufferPointer<Float>
    ) {
        row.initialize(repeating: 0)
        inverse.withUnsafeBufferPointer { inverse in
            for column in pairs.columnStarts[item]..<pairs.columnStarts[item + 1] {
                let weight = pairs.weights[Int(pairs.places[column])]
                let start = Int(pairs.users[column]) * row.count
                for user in row.indices { row[user] += weight * inverse[start + user] }
            }
        }
    }
}
