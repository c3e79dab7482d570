import COpenBLAS
import Recommenders

/// The largest singular values of the users × items matrix of ratings, and their right singular vectors, by random projection.
///
/// Halko, Martinsson and Tropp, "Finding structure with randomness: probabilistic algorithms for constructing approximate matrix
/// decompositions" (2011), algorithm 4.4 (subspace iteration, orthonormal after every pass) on the side of the items; the products with the
/// sparse matrix are ours, QR and eigenvectors LAPACK's.
struct TruncatedSVD {
    var components: Int
    /// Columns beyond `components`, which make those that are kept more exact.
    var oversampling = 16
    /// Passes over the matrix and its transpose.
    var iterations = 4
    var seed: UInt64
    var threads = Parallel.coreCount

    struct Decomposition: Sendable {
        /// Descending.
        let values: [Float]
        /// By item: its part of every vector.
        let vectors: [Float]
    }

    /// - Parameter itemScales: what the weights of each item's ratings are multiplied by.
    /// - Complexity: O(`iterations` · (ratings · width + items · width²)), memory O((users + items) · width) for a width of
    ///   `components` + `oversampling`.
    func decompose(_ ratings: CoOccurrences, itemScales: [Float], progress: (Double) -> Void = { _ in }) -> Decomposition {
        let width = min(components + oversampling, ratings.itemCount, ratings.userCount)
        let kept = min(components, width)
        guard kept > 0 else { return Decomposition(values: [], vectors: []) }
        let product = SparseProduct(ratings: ratings, itemScales: itemScales, width: width, threads: threads)
        var generator = SplitMix64(seed: seed)
        // Bell-shaped is near enough to normal.
        var basis = (0..<ratings.itemCount * width).map { _ in Float(generator.nextAround0(reach: 1 << 20)) / Float(1 << 20) }
        // One thread adds in the same order on every machine; the share of the work is small.
        LinearAlgebra.setThreads(1)
        for iteration in 0..<iterations {
            Self.orthonormalize(&basis, rows: ratings.itemCount, width: width)
            basis = product.transposed(times: product.times(basis))
            progress(Double(iteration + 1) / Double(iterations + 1))
        }
        Self.orthonormalize(&basis, rows: ratings.itemCount, width: width)
        return rayleighRitz(product.times(basis), basis, itemCount: ratings.itemCount, width: width, kept: kept)
    }

    /// The best of what the space of `basis` holds: the eigenvectors of its small Gram matrix (R̃Q)ᵀ(R̃Q).
    private func rayleighRitz(_ image: [Float], _ basis: [Float], itemCount: Int, width: Int, kept: Int) -> Decomposition {
        var gram = [Float](repeating: 0, count: width * width)
        let userCount = image.count / width
        cblas_ssyrk(
            CblasRowMajor, CblasUpper, CblasTrans, Int32(width), Int32(userCount), 1, image, Int32(width), 0, &gram, Int32(width))
        // Ascending; the vectors by row, as LAPACK writes by column. What is above the diagonal is below it there.
        let values = Self.eigenvalues(&gram, size: width)
        var vectors = [Float](repeating: 0, count: itemCount * kept)
        var chosen = [Float](repeating: 0, count: kept * width)
        for position in 0..<kept {
            let row = (width - 1 - position) * width
            for column in 0..<width { chosen[position * width + column] = gram[row + column] }
        }
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(itemCount), Int32(kept), Int32(width), 1, basis, Int32(width), chosen,
            Int32(width), 0, &vectors, Int32(kept))
        return Decomposition(values: values.suffix(kept).reversed().map { max($0, 0).squareRoot() }, vectors: vectors)
    }

    /// Makes the columns of a matrix orthonormal without changing the space they span.
    private static func orthonormalize(_ matrix: inout [Float], rows: Int, width: Int) {
        var columns = [Float](repeating: 0, count: matrix.count)
        for row in 0..<rows {
            for column in 0..<width { columns[column * rows + row] = matrix[row * width + column] }
        }
        var (rowCount, columnCount, info) = (Int32(rows), Int32(width), Int32(0))
        var factors = [Float](repeating: 0, count: width)
        var work = [Float](repeating: 0, count: width * 64)
        var workSize = Int32(work.count)
        sgeqrf_(&rowCount, &columnCount, &columns, &rowCount, &factors, &work, &workSize, &info)
        precondition(info == 0)
        var reflectorCount = columnCount
        sorgqr_(&rowCount, &columnCount, &reflectorCount, &columns, &rowCount, &factors, &work, &workSize, &info)
        precondition(info == 0)
        for row in 0..<rows {
            for column in 0..<width { matrix[row * width + column] = columns[column * rows + row] }
        }
    }

    /// Replaces a symmetric matrix by its eigenvectors, one after the other, and returns its eigenvalues, ascending.
    private static func eigenvalues(_ matrix: inout [Float], size: Int) -> [Float] {
        var values = [Float](repeating: 0, count: size)
        var (order, info) = (Int32(size), Int32(0))
        var work = [Float](repeating: 0, count: 1 + 6 * size + 2 * size * size)
        var integers = [Int32](repeating: 0, count: 3 + 5 * size)
        var (workSize, integerCount) = (Int32(work.count), Int32(integers.count))
        ssyevd_("V", "L", &order, &matrix, &order, &values, &work, &workSize, &integers, &integerCount, &info)
        precondition(info == 0, "the eigenvalues of a finite symmetric matrix were not found")
        return values
    }
}
