extension ItemFactors {
    /// Adds to `sums` the products of the factors `range` of a block's eight items with a user's: in ascending order one by one, so that a
    /// score is the same number whichever way it was come by.
    @inline(__always)
    static func add(
        _ range: Range<Int>, of block: UnsafeRawPointer, times user: UnsafePointer<Float>, to sums: inout SIMD8<Float>
    ) {
        for factor in range {
            sums += user[factor] * block.loadUnaligned(fromByteOffset: factor * blockSize * 4, as: SIMD8<Float>.self)
        }
    }

    /// Where block `block` begins in `factors`.
    @inline(__always)
    func start(of block: Int, in factors: UnsafeBufferPointer<Float>) -> UnsafeRawPointer {
        UnsafeRawPointer(factors.baseAddress! + block * dimensions * Self.blockSize)
    }

    /// Copies the `dimensions` factors of the item at `place` to `row`.
    func copyFactors(at place: Int, to row: UnsafeMutableBufferPointer<Float>) {
        precondition(place < items.count && row.count == dimensions)
        factors.withUnsafeBufferPointer { factors in
            let start = place / Self.blockSize * Self.blockSize * dimensions + place % Self.blockSize
            for factor in 0..<dimensions { row[factor] = factors[start + factor * Self.blockSize] }
        }
    }

    /// Writes the score of every item with factors, which is their product with the user's.
    ///
    /// - Parameters:
    ///   - user: `dimensions` elements.
    ///   - scores: by item; of items behind its end nothing is written.
    func score(_ user: [Float], into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) {
        precondition(user.count == dimensions)
        let dimensions = dimensions
        var cancellation = Cancellation()
        try user.withUnsafeBufferPointer { user throws(CancellationError) in
            try items.withUnsafeBufferPointer { items throws(CancellationError) in
                try factors.withUnsafeBufferPointer { factors throws(CancellationError) in
                    for block in 0..<blockCount {
                        try cancellation.count(dimensions)
                        var sums = SIMD8<Float>.zero
                        let start = start(of: block, in: factors)
                        Self.add(0..<dimensions, of: start, times: user.baseAddress!, to: &sums)
                        let place = block * Self.blockSize
                        for lane in 0..<min(Self.blockSize, items.count - place) {
                            let item = Int(items[place + lane])
                            if item < scores.count { scores[item] = sums[lane] }
                        }
                    }
                }
            }
        }
    }
}
