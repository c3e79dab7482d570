extension ImplicitALSRecommender {
    /// The `count` items outside the profile that pass the filter with the highest product of their factors with the user's.
    ///
    /// Items that cannot be among them are passed over by `bounds`, eight at a time; the outcome is that of scoring all.
    func best(_ count: Int, for user: [Float], outside profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK
        .Entry]
    {
        var best = TopK(capacity: count)
        // Few, and so those that others are measured by from the start.
        if let refreshed {
            try Self.offer(refreshed.factors, refreshed.bounds, for: user, to: &best) {
                $0 < itemCount && filter?.admits($0) ?? true && profile.code(of: $0) == nil
            }
        }
        try Self.offer(factors, bounds, for: user, to: &best) {
            filter?.admits($0) ?? true && profile.code(of: $0) == nil && !isSuperseded($0)
        }
        return best.sorted()
    }

    private static func offer(
        _ factors: ItemFactors, _ bounds: FactorBounds, for user: [Float], to best: inout TopK, where isEligible: (UInt32) -> Bool
    ) throws(CancellationError) {
        let dimensions = factors.dimensions
        // What is left of the user's length at the start and after each stage.
        let length = length(of: user[...])
        let rests = bounds.stages.map { Self.length(of: user[$0...]) }
        let slack = length * bounds.tolerance
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
                            sums + eight(bounds.rests[stage], block) * rests[stage] + eight(bounds.lengths, block) * slack
                        if all(bound .< floor) { continue blocks }
                    }
                    ItemFactors.add(done..<dimensions, of: start, times: user.baseAddress!, to: &sums)
                    guard any(sums .>= floor) else { continue }
                    let place = block * ItemFactors.blockSize
                    for lane in 0..<min(ItemFactors.blockSize, factors.items.count - place) where sums[lane] >= best.floor {
                        let item = factors.items[place + lane]
                        if isEligible(item) { best.offer(item, score: sums[lane]) }
                    }
                }
            }
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
