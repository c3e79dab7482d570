/// Textbook algebra on tables of doubles.
enum DenseAlgebra {
    /// By Gauss and Jordan, without pivoting, which positive definite matrices do not need.
    static func inverse(_ matrix: [[Double]]) -> [[Double]] {
        let size = matrix.count
        var left = matrix
        var right = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        for pivot in 0..<size {
            let value = left[pivot][pivot]
            for column in 0..<size {
                left[pivot][column] /= value
                right[pivot][column] /= value
            }
            for row in 0..<size where row != pivot {
                let factor = left[row][pivot]
                for column in 0..<size {
                    left[row][column] -= factor * left[pivot][column]
                    right[row][column] -= factor * right[pivot][column]
                }
            }
        }
        return right
    }

    /// Of a symmetric matrix, largest eigenvalue first, by Jacobi's rotations; `vectors[k]` belongs to `values[k]`.
    static func eigen(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
        let size = matrix.count
        var matrix = matrix
        var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<60 {
            for row in 0..<size {
                for column in row + 1..<max(size, row + 1) where abs(matrix[row][column]) > 1e-14 {
                    let slope = (matrix[column][column] - matrix[row][row]) / (2 * matrix[row][column])
                    let tangent = (slope < 0 ? -1 : 1) / (abs(slope) + (slope * slope + 1).squareRoot())
                    let cosine = 1 / (tangent * tangent + 1).squareRoot()
                    let sine = tangent * cosine
                    for other in 0..<size {
                        let (a, b) = (matrix[other][row], matrix[other][column])
                        (matrix[other][row], matrix[other][column]) = (cosine * a - sine * b, sine * a + cosine * b)
                    }
                    for other in 0..<size {
                        let (a, b) = (matrix[row][other], matrix[column][other])
                        (matrix[row][other], matrix[column][other]) = (cosine * a - sine * b, sine * a + cosine * b)
                        let (c, d) = (vectors[row][other], vectors[column][other])
                        (vectors[row][other], vectors[column][other]) = (cosine * c - sine * d, sine * c + cosine * d)
                    }
                }
            }
        }
        let order = (0..<size).sorted { matrix[$0][$0] > matrix[$1][$1] }
        return (order.map { matrix[$0][$0] }, order.map { vectors[$0] })
    }
}
