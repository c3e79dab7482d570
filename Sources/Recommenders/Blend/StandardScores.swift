/// Brings a scorer's scores for a profile to mean 0 and deviation 1 over the items outside the profile that it scores, so that
/// scores of different algorithms can be added.
///
/// Items of which the algorithm has nothing to say get its lowest score of those. Where it scores all alike, every item gets 0.
package struct StandardScores: Sendable {
    /// Of the finite scores outside the profile.
    let mean: Float
    let lowest: Float
    /// One over the deviation; 0 where all scores are alike.
    let scale: Float
    private let count: Int

    /// - Parameter scores: as `ItemScorer.score` leaves them, and unchanged afterwards.
    /// - Complexity: O(scores), in two passes.
    package init(of scores: UnsafeMutableBufferPointer<Float>, for profile: Profile) {
        let own = profile.items.map { scores[Int($0)] }
        for item in profile.items { scores[Int(item)] = -.infinity }
        let moments = Moments(of: scores)
        for (place, item) in profile.items.enumerated() { scores[Int(item)] = own[place] }
        scale = moments.deviation > 0 ? Float(1 / moments.deviation) : 0
        (mean, lowest) = (Float(moments.mean), moments.lowest)
        count = moments.count
    }

    /// False when no item outside the profile has a finite score; all standard scores are 0 then.
    package var isAnyScored: Bool { count > 0 }

    @inline(__always)
    package func value(_ score: Float) -> Float { (max(score, lowest) - mean) * scale }

    /// - Parameter scores: as `ItemScorer.score` leaves them; standardized in place, all finite afterwards.
    /// - Returns: false, with all scores 0, when no item outside the profile has a finite score.
    /// - Complexity: O(scores), in three passes.
    @discardableResult
    package static func standardize(_ scores: UnsafeMutableBufferPointer<Float>, for profile: Profile) -> Bool {
        let standard = StandardScores(of: scores, for: profile)
        for item in scores.indices { scores[item] = standard.value(scores[item]) }
        return standard.isAnyScored
    }

    /// Of the finite scores.
    private struct Moments {
        var count = 0
        var lowest = Float.infinity
        var mean = 0.0
        var deviation = 0.0

        init(of scores: UnsafeMutableBufferPointer<Float>) {
            var sum = 0.0
            for score in scores where score > -.infinity {
                count += 1
                lowest = min(lowest, score)
                sum += Double(score)
            }
            guard count > 0 else {
                lowest = 0
                return
            }
            mean = sum / Double(count)
            var squares = 0.0
            for score in scores where score > -.infinity { squares += (Double(score) - mean) * (Double(score) - mean) }
            deviation = (squares / Double(count)).squareRoot()
            // Rounding alone makes no difference between scores that are alike.
            if deviation < 1e-6 * abs(mean) { deviation = 0 }
        }
    }
}
