/// The cosine of both users' whole vectors of opinions, where what was not rated counts 0 and what was rated its value less the
/// scale's `neutral`; 0 where either vector is 0.
///
/// Taken of the bare values it could not tell a film hated from a film loved: all angles between them are small. The profile's opinions
/// are weighted first. The other user's length may be damped: see `UserNeighborParameters.lengthExponent`.
struct CosineMeasure<Sums: OverlapSums>: SimilarityMeasure {
    /// The profile's opinions times their weights.
    private let own: [Int64]
    private let opinions: [Int64]
    /// What the sum of products is to be multiplied by, but for the other user's length.
    private let factor: Double
    /// By user.
    private let inverseLengths: Powers

    init(_ profile: WeightedProfile, on scale: RatingScale, inverseLengths: Powers) {
        let opinions = scale.opinions
        own = zip(profile.codes, profile.weights).map { opinions[Int($0)] * $1 }
        self.opinions = opinions
        self.inverseLengths = inverseLengths
        let length = own.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        // Weight and unit of the profile's opinions cancel out; the unit of the others' does not, since lengths are in rating values.
        factor = length > 0 ? scale.opinionUnit / length : 0
    }

    var highest: Double { .infinity }

    func addend(_ n: Int, code: UInt8) -> Sums { Sums(own[n] * opinions[Int(code)]) }

    func similarity(to user: UInt32, _ sums: Sums) -> Double {
        Double(sums.total) * factor * inverseLengths[Int(user)]
    }

    /// One comparison for each user, which almost always says no.
    func forEachUser(
        from first: Int, in block: UnsafeBufferPointer<Sums>, above floor: Double, _ body: (UInt32, Sums) -> Double
    ) {
        var floor = floor
        inverseLengths.forEachStretch(of: first..<first + block.count) { start, inverseLengths in
            let stretch = UnsafeBufferPointer(rebasing: block[(start - first)..<(start - first + inverseLengths.count)])
            floor = forEachUser(from: start, in: stretch, inverseLengths, above: floor, body)
        }
    }

    /// - Returns: the new floor.
    @inline(__always)
    private func forEachUser(
        from first: Int, in sums: UnsafeBufferPointer<Sums>, _ inverseLengths: UnsafeBufferPointer<Double>, above floor: Double,
        _ body: (UInt32, Sums) -> Double
    ) -> Double {
        var floor = floor
        let factor = factor
        for place in sums.indices where Double(sums[place].total) * factor * inverseLengths[place] > floor {
            floor = body(UInt32(first + place), sums[place])
        }
        return floor
    }
}
