extension ImplicitALSRecommender {
    /// The `count` items outside the profile that pass the filter with the highest product of their factors with the user's.
    ///
    /// Items that cannot be among them are passed over by `bounds`, eight at a time; the outcome is that of scoring all.
    func best(_ count: Int, for user: [Float], outside profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK
        .Entry]
    {
        let dimensions = factors.dimensions
        // What is left of the user's length at the start and after each stage.
        let length = Self.length(of: user[...])
        let rests = bounds.stages.map { Self.length(of: user[$0...]) }
        let slack = length * bounds.tolerance
        var best = TopK(capacity: count)
        var cancellation = Cancellation()
        try user.withUnsafeBufferPointer { user throws(CancellationError) in
            try factors.factors.withUnsafeBufferPointer { values throws(CancellationError) in
                blocks: for block in 0..<factors.blockCount {
                    try cancellation.count(ItemFactors.blockSize)
                    let floor = best.floor
                    // Strictly below, here and later: of equal scores the lower index wins, which may still come.
                    if bounds.greatest[block] * (length + slack) < floor { break }
                    let start = factors.start(of: block, in: values)
                    var sums = SIMD8<Float>.zero
                    var done = 0
                    for (stage, end) in bounds.stages.enumerated() {
                        ItemFactors.add(done..<end, of: start, times: user.baseAddress!, to: &sums)
                        done = end
                        let bound =
                            sums + Self.eight(bounds.rests[stage], block) * rests[stage] + Self.eight(bounds.lengths, block)
                            * slack
                        if all(bound .< floor) { continue blocks }
                    }
                    ItemFactors.add(done..<dimensions, of: start, times: user.baseAddress!, to: &sums)
                    guard any(sums .>= floor) else { continue }
                    offer(sums, of: block, to: &best, outside: profile, filter: filter)
                }
            }
        }
        return best.sorted()
    }

    private func offer(
        _ scores: SIMD8<Float>, of block: Int, to best: inout TopK, outside profile: Profile, filter: ItemFilter?
    ) {
        let place = block * ItemFactors.blockSize
        for lane in 0..<min(ItemFactors.blockSize, factors.items.count - place) where scores[lane] >= best.floor {
            let item = factors.items[place + lane]
            guard filter?.admits(item) ?? true, profile.code(of: item) == nil else { continue }
            best.offer(item, score: scores[lane])
        }
    }

    @inline(__always)
    private static func eight(_ numbers: [Float], _ block: Int) -> SIMD8<Float> {
        numbers.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: block * ItemFactors.blockSize * 4, as: SIMD8<Float>.self)
        }
    }

    private static func length(of vector: ArraySlice<Float>) -> Float {
        vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
