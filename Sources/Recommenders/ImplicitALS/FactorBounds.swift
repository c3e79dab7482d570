/// Lengths of items' factors, by which most items are found to be too far from a user's without being scored in full.
///
/// With x the user's factors and v the item's, x·v is at most the product of the first few plus |x'| |v'|, x' and v' being the others
/// (Cauchy and Schwarz). Good where the first few hold most of the lengths, as after a rotation to the principal axes.
struct FactorBounds: Sendable {
    /// So many of the factors are multiplied before the first look at the bound, and so many before the second.
    let stages: [Int]
    /// By place, up to whole blocks.
    let lengths: [Float]
    /// By stage: the lengths of what is left then, by place.
    let rests: [[Float]]
    /// By block: the greatest length in it or behind it.
    let greatest: [Float]
    /// Twice what rounding may make of a sum of products of vectors of length 1.
    let tolerance: Float

    /// - Complexity: O(`factors.factors.count`).
    init(_ itemFactors: ItemFactors) {
        let dimensions = itemFactors.dimensions
        let size = ItemFactors.blockSize
        let places = itemFactors.blockCount * size
        let stages = [dimensions / 8 * 2, dimensions / 2].filter { $0 > 0 && $0 < dimensions }
        var lengths = [Float](repeating: 0, count: places)
        var rests = [[Float]](repeating: lengths, count: stages.count)
        itemFactors.factors.withUnsafeBufferPointer { factors in
            for block in 0..<itemFactors.blockCount {
                let start = itemFactors.start(of: block, in: factors)
                var squares = SIMD8<Float>.zero
                for factor in stride(from: dimensions - 1, through: 0, by: -1) {
                    let eight = start.loadUnaligned(fromByteOffset: factor * size * 4, as: SIMD8<Float>.self)
                    squares += eight * eight
                    let stage = stages.firstIndex(of: factor)
                    guard stage != nil || factor == 0 else { continue }
                    let roots = squares.squareRoot()
                    for lane in 0..<size {
                        if let stage { rests[stage][block * size + lane] = roots[lane] }
                        if factor == 0 { lengths[block * size + lane] = roots[lane] }
                    }
                }
            }
        }
        var greatest = [Float](repeating: 0, count: itemFactors.blockCount)
        var length: Float = 0
        for block in stride(from: greatest.count - 1, through: 0, by: -1) {
            length = max(length, lengths[block * size..<(block + 1) * size].max() ?? 0)
            greatest[block] = length
        }
        self.stages = stages
        self.lengths = lengths
        self.rests = rests
        self.greatest = greatest
        tolerance = Float(dimensions) * Float.ulpOfOne
    }
}
