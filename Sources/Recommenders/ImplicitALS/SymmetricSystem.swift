/// A symmetric positive definite system of linear equations A x = b: what least squares end in.
///
/// A is `dimensions` × `dimensions`, row by row; only what is on or right of the diagonal counts. `dimensions` is a multiple of 8.
struct SymmetricSystem {
    let dimensions: Int
    private var matrix: [Float]

    /// - Parameter scale: what `matrix` is multiplied by.
    init(dimensions: Int, matrix: FlatArray<Float>, scale: Float) {
        precondition(dimensions % 8 == 0 && matrix.count == dimensions * dimensions)
        self.dimensions = dimensions
        self.matrix = matrix.map { $0 * scale }
    }

    mutating func addToDiagonal(_ number: Float) {
        for row in 0..<dimensions { matrix[row * dimensions + row] += number }
    }

    /// Adds v vᵀ for each of the vectors v.
    ///
    /// - Parameter vectors: one after the other.
    mutating func add(_ vectors: UnsafeBufferPointer<Float>) throws(CancellationError) {
        precondition(vectors.count % dimensions == 0)
        guard let start = vectors.baseAddress else { return }
        let count = vectors.count / dimensions
        let dimensions = dimensions
        var cancellation = Cancellation()
        try matrix.withUnsafeMutableBufferPointer { matrix throws(CancellationError) in
            var vector = 0
            while vector + 4 <= count {
                try cancellation.count(dimensions * dimensions / 4)
                Self.add(four: UnsafeRawPointer(start + vector * dimensions), dimensions, to: matrix)
                vector += 4
            }
            while vector < count {
                Self.add(one: UnsafeRawPointer(start + vector * dimensions), dimensions, to: matrix)
                vector += 1
            }
        }
    }

    /// Four at a time, so that the matrix is read and written once for all of them.
    private static func add(
        four vectors: UnsafeRawPointer, _ dimensions: Int, to matrix: UnsafeMutableBufferPointer<Float>
    ) {
        let stride = dimensions * 4
        let matrix = UnsafeMutableRawPointer(matrix.baseAddress!)
        for row in 0..<dimensions {
            let first = vectors.loadUnaligned(fromByteOffset: row * 4, as: Float.self)
            let second = vectors.loadUnaligned(fromByteOffset: stride + row * 4, as: Float.self)
            let third = vectors.loadUnaligned(fromByteOffset: 2 * stride + row * 4, as: Float.self)
            let fourth = vectors.loadUnaligned(fromByteOffset: 3 * stride + row * 4, as: Float.self)
            // From the start of the diagonal's eight on: what lies left of the diagonal does not count.
            var column = row & ~7
            while column < dimensions {
                let place = (row * dimensions + column) * 4
                var sum = matrix.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                sum += first * vectors.loadUnaligned(fromByteOffset: column * 4, as: SIMD8<Float>.self)
                sum += second * vectors.loadUnaligned(fromByteOffset: stride + column * 4, as: SIMD8<Float>.self)
                sum += third * vectors.loadUnaligned(fromByteOffset: 2 * stride + column * 4, as: SIMD8<Float>.self)
                sum += fourth * vectors.loadUnaligned(fromByteOffset: 3 * stride + column * 4, as: SIMD8<Float>.self)
                matrix.storeBytes(of: sum, toByteOffset: place, as: SIMD8<Float>.self)
                column += 8
            }
        }
    }

    private static func add(
        one vector: UnsafeRawPointer, _ dimensions: Int, to matrix: UnsafeMutableBufferPointer<Float>
    ) {
        let matrix = UnsafeMutableRawPointer(matrix.baseAddress!)
        for row in 0..<dimensions {
            let factor = vector.loadUnaligned(fromByteOffset: row * 4, as: Float.self)
            var column = row & ~7
            while column < dimensions {
                let place = (row * dimensions + column) * 4
                var sum = matrix.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                sum += factor * vector.loadUnaligned(fromByteOffset: column * 4, as: SIMD8<Float>.self)
                matrix.storeBytes(of: sum, toByteOffset: place, as: SIMD8<Float>.self)
                column += 8
            }
        }
    }

    /// - Returns: nil when A is not positive definite in single precision.
    consuming func factorized() throws(CancellationError) -> CholeskyFactor? {
        try CholeskyFactor(dimensions: dimensions, matrix: matrix)
    }
}
