import COpenBLAS
import Recommenders

/// V · diag(α - β s (s + α)) · Vᵀ, V being the right singular vectors and s the squares of the singular values as shares of the largest one.
struct LowPassFilter: Sendable {
    /// V · diag(gains), by item.
    private let scaled: [Float]
    private let vectors: [Float]
    private let components: Int

    init(_ decomposition: TruncatedSVD.Decomposition, lowPass: Double, sharpening: Double) {
        components = decomposition.values.count
        vectors = decomposition.vectors
        let largest = Double(decomposition.values.first ?? 1)
        let gains = decomposition.values.map { value in
            let share = largest > 0 ? Double(value) * Double(value) / (largest * largest) : 0
            return Float(lowPass - sharpening * share * (share + lowPass))
        }
        var scaled = vectors
        if components > 0 {
            for place in scaled.indices { scaled[place] *= gains[place % components] }
        }
        self.scaled = scaled
    }

    /// Adds the rows of the given items to `rows`, each as long as there are items.
    func add(_ items: Range<Int>, to rows: UnsafeMutableBufferPointer<Float>) {
        guard components > 0, !items.isEmpty else { return }
        let itemCount = vectors.count / components
        vectors.withUnsafeBufferPointer { vectors in
            scaled.withUnsafeBufferPointer { scaled in
                let block = UnsafeBufferPointer(rebasing: scaled[items.lowerBound * components..<items.upperBound * components])
                cblas_sgemm(
                    CblasRowMajor, CblasNoTrans, CblasTrans, Int32(items.count), Int32(itemCount), Int32(components), 1,
                    block.baseAddress, Int32(components), vectors.baseAddress, Int32(components), 1, rows.baseAddress,
                    Int32(itemCount))
            }
        }
    }
}
