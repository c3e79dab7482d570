import COpenBLAS
import Recommenders

/// Solved by the inverse of the items' Gram matrix: P = (XᵀX + λI)⁻¹, S = -P, d = diag P.
struct PrimalEASE: EASESolution {
    /// P, all of it, by row.
    private let inverse: FlatArray<Float>
    let denominators: [Float]

    /// - Complexity: O(items³), memory items² × 4 bytes.
    init(
        _ pairs: CoOccurrences, regularization: Double, threads: Int, progress: @Sendable (Double) -> Void
    ) throws(TrainingError) {
        let count = pairs.itemCount
        inverse = try FlatArray(count: count * count) { buffer throws(TrainingError) in
            let matrix = SymmetricMatrix(buffer, size: count)
            Self.writeGram(of: pairs, to: matrix, threads: threads, progress: progress)
            let squares = pairs.squares()
            for item in 0..<count { matrix.elements[item * count + item] = squares[item] + Float(regularization) }
            progress(0.3)
            try matrix.invert(threads: threads)
        }
        denominators = (0..<count).map { [inverse] in inverse[$0 * count + $0] }
    }

    private static func writeGram(
        of pairs: CoOccurrences, to matrix: SymmetricMatrix, threads: Int, progress: @Sendable (Double) -> Void
    ) {
        let done = ProgressCount(of: matrix.size)
        Parallel.forEachRange(of: matrix.size, stride: 8, threads: threads) { items in
            for item in items {
                let row = matrix.row(item)
                row.initialize(repeating: 0)
                pairs.add(item, .later, to: row)
            }
            done.add(items.count) { progress($0 * 0.25) }
        }
        matrix.addTransposed(threads: threads)
    }

    func write(_ item: Int, to row: UnsafeMutableBufferPointer<Float>) {
        let count = denominators.count
        inverse.withUnsafeBufferPointer { inverse in
            for other in 0..<count { row[other] = -inverse[item * count + other] }
        }
    }

    func apply(to items: [UInt32], _ strengths: [Float], _ sums: UnsafeMutableBufferPointer<Float>) {
        let count = denominators.count
        sums.initialize(repeating: 0)
        inverse.withUnsafeBufferPointer { inverse in
            for (item, strength) in zip(items, strengths) {
                let start = Int(item) * count
                for other in 0..<count { sums[other] -= strength * inverse[start + other] }
            }
        }
    }
}
