import COpenBLAS
import Recommenders

extension FactorTable {
    /// The rows in the coordinates of their principal axes, the axis of the greatest sum of squares first: products of rows stay what they
    /// are, and the first few factors hold most of them.
    func rotatedToPrincipalAxes(threads: Int) -> [Float] {
        let axes = principalAxes(threads: threads)
        var rotated = [Float](repeating: 0, count: values.count)
        guard count > 0 else { return rotated }
        values.withUnsafeBufferPointer { values in
            // `axes` holds one axis after the other, which is its transpose by row.
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(count), Int32(dimensions), Int32(dimensions), 1,
                values.baseAddress, Int32(dimensions), axes, Int32(dimensions), 0, &rotated, Int32(dimensions))
        }
        return rotated
    }

    /// The eigenvectors of the Gram matrix one after the other, that of the greatest eigenvalue first.
    private func principalAxes(threads: Int) -> [Float] {
        // By column, as LAPACK reads, what is right of the diagonal stands below it.
        var vectors = gram(threads: threads)
        var eigenvalues = [Float](repeating: 0, count: dimensions)
        var size = Int32(dimensions)
        var workCount = Int32(1 + 6 * dimensions + 2 * dimensions * dimensions)
        var integerCount = Int32(3 + 5 * dimensions)
        var work = [Float](repeating: 0, count: Int(workCount))
        var integers = [Int32](repeating: 0, count: Int(integerCount))
        var info: Int32 = 0
        ssyevd_(
            "V", "L", &size, &vectors, &size, &eigenvalues, &work, &workCount, &integers, &integerCount, &info)
        guard info == 0 else { return Self.identity(dimensions) }
        // They come in the order of ascending eigenvalues.
        return (0..<dimensions).reversed().flatMap { vectors[$0 * dimensions..<($0 + 1) * dimensions] }
    }

    private static func identity(_ dimensions: Int) -> [Float] {
        (0..<dimensions * dimensions).map { $0 % (dimensions + 1) == 0 ? 1 : 0 }
    }
}
