#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is rated much of late: an item's score is the sum over its ratings of 1/2 for each half life that has passed from them to the newest
/// rating of all (exponential smoothing; Brown 1956). Of equal ones the lower index comes first. Items without ratings are not in it.
package struct Trending: ItemScorer {
    /// By item; `-infinity` without ratings.
    private let scores: [Float]

    package var itemCount: Int { scores.count }

    /// - Precondition: times are known.
    /// - Complexity: O(ratings).
    package init(ratings: RatingMatrix, parameters: TrendingParameters) {
        let newest = ratings.rowTimes.max() ?? 0
        let weights = AgeWeights(halfLifeSeconds: parameters.halfLifeDays * 86_400)
        var counts = [Double](repeating: 0, count: ratings.itemCount)
        ratings.items.withUnsafeBufferPointer { items in
            ratings.rowTimes.withUnsafeBufferPointer { times in
                for place in items.indices { counts[Int(items[place])] += weights.weight(age: newest - times[place]) }
            }
        }
        scores = counts.indices.map { ratings.column($0).isEmpty ? -.infinity : Float(counts[$0]) }
    }

    package func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        _ = scores.update(fromContentsOf: self.scores)
        return scores.contains { $0 > -.infinity }
    }

    package func contributions(to entries: [TopK.Entry], in profile: Profile) -> [ItemContributions?] {
        .whateverTheRatings(entries)
    }
}

/// A table of what ratings of an age count, in steps of a 64th of the half life and no less than a second, so that millions of powers need
/// not be computed.
private struct AgeWeights {
    private static let stepsPerHalfLife = 64.0
    /// What is 40 half lives old counts nothing that a sum of what is new would show.
    private static let halfLives = 40.0

    private let step: UInt32
    private let weights: [Double]

    init(halfLifeSeconds: Double) {
        let step = min(max((halfLifeSeconds / Self.stepsPerHalfLife).rounded(), 1), Double(UInt32.max))
        self.step = UInt32(step)
        let count = Int((Self.halfLives * halfLifeSeconds / step).rounded(.up)) + 1
        weights = (0..<count).map { exp2(-Double($0) * step / halfLifeSeconds) }
    }

    /// - Parameter age: in seconds.
    func weight(age: UInt32) -> Double {
        let number = Int(age / step)
        return number < weights.count ? weights[number] : 0
    }
}
