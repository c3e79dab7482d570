import COpenBLAS
import Recommenders

/// Half of a step of alternating least squares: the factors of all users that fit those of the items best, or the other way round
/// (Hu, Koren and Volinsky 2008, § 4).
///
/// Each row's factors x solve A x = Σ v, with A = `unobservedWeight` · Σ over all of the other side of v vᵀ + Σ v vᵀ + penalty · I, the first
/// and the last sum over the row's ratings with v the other side's factors. They are gathered to one block of memory, where the
/// products are a matrix's with itself, and the equations are solved by Cholesky's method: exactly, so that few sweeps are enough.
///
/// The outcome does not depend on the threads.
struct HalfSweep: Sendable {
    /// The rows or the columns of the rating matrix.
    let starts: FlatArray<Int>
    let indices: FlatArray<UInt32>
    let parameters: ImplicitALSParameters
    /// How many ratings a row could have.
    let possible: Int
    let threads: Int

    /// Rows for which one thread solves at a time.
    private static let rowsPerStep = 64
    /// Of the other side's factors so many are gathered at a time: as many as the nearest caches hold.
    private static let gatheredRows = 256

    /// - Parameter other: the factors of the other side, which `indices` point to.
    func solve(other: FactorTable) -> FactorTable {
        let dimensions = other.dimensions
        var gram = other.gram(threads: threads)
        let unobserved = Float(parameters.unobservedWeight)
        for place in gram.indices { gram[place] *= unobserved }
        return FactorTable(count: starts.count - 1, dimensions: dimensions, stride: Self.rowsPerStep, threads: threads) {
            [gram] rows, values in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.gatheredRows * dimensions) { gathered in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: dimensions * dimensions) { matrix in
                    for row in rows {
                        let solution = UnsafeMutableBufferPointer(rebasing: values[row * dimensions..<(row + 1) * dimensions])
                        solution.initialize(repeating: 0)
                        let places = starts[row]..<starts[row + 1]
                        guard !places.isEmpty else { continue }
                        _ = matrix.initialize(fromContentsOf: gram)
                        add(places, of: other, to: matrix, solution, gathered: gathered)
                        let penalty = Float(parameters.penalty(ratings: places.count, possible: possible))
                        for place in stride(from: 0, to: matrix.count, by: dimensions + 1) { matrix[place] += penalty }
                        Self.solve(matrix, solution)
                    }
                }
            }
        }
    }

    /// Adds up v vᵀ and v over the ratings at `places`.
    private func add(
        _ places: Range<Int>, of other: FactorTable, to matrix: UnsafeMutableBufferPointer<Float>,
        _ sum: UnsafeMutableBufferPointer<Float>, gathered: UnsafeMutableBufferPointer<Float>
    ) {
        let dimensions = other.dimensions
        var first = places.lowerBound
        while first < places.upperBound {
            let part = first..<min(first + Self.gatheredRows, places.upperBound)
            indices.withUnsafeBufferPointer { indices in
                other.values.withUnsafeBufferPointer { values in
                    Self.gather(UnsafeBufferPointer(rebasing: indices[part]), values, dimensions, into: gathered, sum: sum)
                }
            }
            cblas_ssyrk(
                CblasRowMajor, CblasUpper, CblasTrans, Int32(dimensions), Int32(part.count), 1, gathered.baseAddress,
                Int32(dimensions), 1, matrix.baseAddress, Int32(dimensions))
            first = part.upperBound
        }
    }

    /// Copies the factors that `indices` name one after the other, and adds them to `sum`.
    private static func gather(
        _ indices: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, _ dimensions: Int,
        into gathered: UnsafeMutableBufferPointer<Float>, sum: UnsafeMutableBufferPointer<Float>
    ) {
        let values = UnsafeRawPointer(values.baseAddress!)
        let sum = UnsafeMutableRawPointer(sum.baseAddress!)
        var target = UnsafeMutableRawPointer(gathered.baseAddress!)
        for index in indices {
            let row = values + Int(index) * dimensions * 4
            for offset in stride(from: 0, to: dimensions * 4, by: 32) {
                let eight = row.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                target.storeBytes(of: eight, toByteOffset: offset, as: SIMD8<Float>.self)
                let sums = sum.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self) + eight
                sum.storeBytes(of: sums, toByteOffset: offset, as: SIMD8<Float>.self)
            }
            target += dimensions * 4
        }
    }

    /// - Parameters:
    ///   - matrix: symmetric and positive definite; what is on or right of the diagonal counts. Not to be used afterwards.
    ///   - vector: the right side, which becomes the solution.
    private static func solve(_ matrix: UnsafeMutableBufferPointer<Float>, _ vector: UnsafeMutableBufferPointer<Float>) {
        var dimensions = Int32(vector.count)
        var count: Int32 = 1
        var info: Int32 = 0
        // The upper triangle row by row is the lower one column by column.
        sposv_("L", &dimensions, &count, matrix.baseAddress!, &dimensions, vector.baseAddress!, &dimensions, &info)
        if info != 0 { vector.update(repeating: 0) }
    }
}
