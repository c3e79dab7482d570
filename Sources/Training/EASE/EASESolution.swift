import Recommenders

/// A solved EASE model before its weights are chosen: the weight of item i for item j is S(i, j) / d(j), with S symmetric.
protocol EASESolution: Sendable {
    /// d, by item.
    var denominators: [Float] { get }

    /// Writes row `item` of S, whatever stands in its own place.
    func write(_ item: Int, to row: UnsafeMutableBufferPointer<Float>)

    /// Writes Σ S(i, j) · strength(i) over the given items i to `sums`, for every j; for the j among them it means nothing.
    func apply(to items: [UInt32], _ strengths: [Float], _ sums: UnsafeMutableBufferPointer<Float>)
}
