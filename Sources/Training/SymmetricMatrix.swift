import COpenBLAS
import Recommenders

/// A square matrix in memory that somebody else holds, by row.
struct SymmetricMatrix: Sendable {
    let elements: SharedBuffer<Float>
    let size: Int

    init(_ elements: UnsafeMutableBufferPointer<Float>, size: Int) {
        precondition(elements.count == size * size && size <= Int32.max)
        self.elements = SharedBuffer(elements)
        self.size = size
    }

    func row(_ row: Int) -> UnsafeMutableBufferPointer<Float> { elements[row * size..<(row + 1) * size] }

    /// A + Aᵀ of any A; the diagonal is left alone.
    func addTransposed(threads: Int) {
        forEachPair(threads: threads) { upper, lower in
            let sum = elements[upper] + elements[lower]
            (elements[upper], elements[lower]) = (sum, sum)
        }
    }

    /// Copies what is above the diagonal below it.
    private func mirror(threads: Int) {
        forEachPair(threads: threads) { upper, lower in elements[lower] = elements[upper] }
    }

    /// Replaces a positive definite matrix, of which only what is on and above the diagonal is read, by its inverse, in place.
    ///
    /// With different numbers of threads OpenBLAS adds in different orders, so that the last digits differ.
    /// - Throws: `unsolvable` when it is not positive definite.
    func invert(threads: Int) throws(TrainingError) {
        guard size > 0 else { return }
        LinearAlgebra.setThreads(threads)
        var order = Int32(size)
        var info: Int32 = 0
        // By column, as LAPACK reads, what is above the diagonal stands below it.
        spotrf_("L", &order, elements.elements.baseAddress, &order, &info)
        if info == 0 { spotri_("L", &order, elements.elements.baseAddress, &order, &info) }
        guard info == 0 else { throw .singular }
        mirror(threads: threads)
    }

    /// Calls `body` with the places of (i, j) and (j, i) for all i < j, in squares that fit the caches.
    private func forEachPair(threads: Int, _ body: @Sendable (_ upper: Int, _ lower: Int) -> Void) {
        let side = 64
        Parallel.forEachRange(of: size, stride: side, threads: threads) { rows in
            for start in stride(from: rows.lowerBound, to: size, by: side) {
                for row in rows {
                    for column in max(row + 1, start)..<max(row + 1, min(start + side, size)) {
                        body(row * size + column, column * size + row)
                    }
                }
            }
        }
    }
}
