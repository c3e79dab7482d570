/// The upper triangle U of a symmetric positive definite matrix A = Uᵀ U, with which A x = b is solved for any b.
struct CholeskyFactor {
    let dimensions: Int
    /// Row by row; what is left of the diagonal does not count.
    private var rows: [Float]

    /// - Parameter matrix: `dimensions` × `dimensions`, of which what is on or right of the diagonal counts.
    /// - Returns: nil when the matrix is not positive definite in single precision.
    /// - Complexity: O(`dimensions`³).
    init?(dimensions: Int, matrix: consuming [Float]) throws(CancellationError) {
        precondition(dimensions % 8 == 0 && matrix.count == dimensions * dimensions)
        self.dimensions = dimensions
        self.rows = matrix
        var cancellation = Cancellation()
        let isDefinite = try rows.withUnsafeMutableBufferPointer { rows throws(CancellationError) in
            for pivot in 0..<dimensions {
                try cancellation.count((dimensions - pivot) * (dimensions - pivot) / 16)
                let square = rows[pivot * dimensions + pivot]
                guard square > 0, square.isFinite else { return false }
                let scale = 1 / square.squareRoot()
                for column in pivot..<dimensions { rows[pivot * dimensions + column] *= scale }
                for row in pivot + 1..<dimensions {
                    Self.subtract(pivot, times: rows[pivot * dimensions + row], from: row, in: rows, dimensions)
                }
            }
            return true
        }
        guard isDefinite else { return nil }
    }

    /// From the start of the diagonal's eight on: what lies left of the diagonal does not count.
    private static func subtract(
        _ pivot: Int, times factor: Float, from row: Int, in rows: UnsafeMutableBufferPointer<Float>, _ dimensions: Int
    ) {
        let rows = UnsafeMutableRawPointer(rows.baseAddress!)
        var column = row & ~7
        while column < dimensions {
            let place = (row * dimensions + column) * 4
            let subtrahend = factor * rows.loadUnaligned(fromByteOffset: (pivot * dimensions + column) * 4, as: SIMD8<Float>.self)
            let rest = rows.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self) - subtrahend
            rows.storeBytes(of: rest, toByteOffset: place, as: SIMD8<Float>.self)
            column += 8
        }
    }

    /// - Parameter vector: b, which becomes x.
    func solve(_ vector: inout [Float]) {
        precondition(vector.count == dimensions)
        rows.withUnsafeBufferPointer { rows in
            vector.withUnsafeMutableBufferPointer { vector in
                // Uᵀ y = b, then U x = y.
                for row in 0..<dimensions {
                    let value = vector[row] / rows[row * dimensions + row]
                    vector[row] = value
                    for column in row + 1..<dimensions { vector[column] -= value * rows[row * dimensions + column] }
                }
                for row in stride(from: dimensions - 1, through: 0, by: -1) {
                    var sum = vector[row]
                    for column in row + 1..<dimensions { sum -= rows[row * dimensions + column] * vector[column] }
                    vector[row] = sum / rows[row * dimensions + row]
                }
            }
        }
    }
}
