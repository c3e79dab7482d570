import Recommenders

/// Scores that follow from the row and the item alone: few different ones, some `-infinity`, and for some users none at all.
struct HashScorer: ItemScorer {
    let itemCount: Int
    var seed: UInt64 = 1
    /// How many different scores there are.
    var levels = 6

    func score(of item: Int, row: UInt32) -> Float {
        var generator = SplitMix64(seed: seed &+ UInt64(row) &* 1_000_003 &+ UInt64(item) &* 7919)
        let level = generator.next(in: 0..<levels + 1)
        return level == 0 ? -.infinity : Float(level)
    }

    func isSilent(on row: UInt32) -> Bool { (UInt64(row) &+ seed) % 11 == 0 }

    func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        guard let row = profile.row, !isSilent(on: row) else { return false }
        for item in 0..<itemCount { scores[item] = score(of: item, row: row) }
        return true
    }
}

/// Predicts something for every item but each third.
struct HashPredictor: RatingPredictor {
    func predictedRating(of item: UInt32, for profile: Profile) -> Double? {
        item % 3 == 0 ? nil : 0.5 + Double((item * 7 + (profile.row ?? 0)) % 10) / 2
    }
}
