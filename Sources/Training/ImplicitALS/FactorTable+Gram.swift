import COpenBLAS
import Recommenders
import Synchronization

extension FactorTable {
    /// Rows that are summed up by themselves before the sums are added in order, so that the outcome does not depend on the threads.
    private static let rowsPerSum = 8192

    /// The sum over all rows of v vᵀ: `dimensions` × `dimensions`, of which what is on or right of the diagonal counts.
    func gram(threads: Int) -> [Float] {
        let count = count
        let dimensions = dimensions
        let sums = Mutex([[Float]](repeating: [], count: (count + Self.rowsPerSum - 1) / Self.rowsPerSum))
        Parallel.forEachRange(of: count, stride: Self.rowsPerSum, threads: threads) { rows in
            var sum = [Float](repeating: 0, count: dimensions * dimensions)
            values.withUnsafeBufferPointer { values in
                cblas_ssyrk(
                    CblasRowMajor, CblasUpper, CblasTrans, Int32(dimensions), Int32(rows.count), 1,
                    values.baseAddress! + rows.lowerBound * dimensions, Int32(dimensions), 0, &sum, Int32(dimensions))
            }
            sums.withLock { $0[rows.lowerBound / Self.rowsPerSum] = sum }
        }
        var gram = [Float](repeating: 0, count: dimensions * dimensions)
        for sum in sums.withLock({ $0 }) {
            for place in gram.indices { gram[place] += sum[place] }
        }
        return gram
    }
}
