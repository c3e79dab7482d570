import Recommenders

/// What is needed of one user to tell how any weights would rank: the standardised scores of the held-out items and of those that
/// any of the algorithms ranks high.
struct BlendCandidates: Sendable {
    /// By candidate, in ascending order of the items: one score per algorithm, `-infinity` where it has nothing to say.
    private let scores: [Float]
    /// By algorithm: what counts where it has nothing to say; `-infinity` where that never is so.
    private let lowest: [Float]
    /// The places of the held-out items among the candidates, which ascend.
    private let heldOut: [Int]

    var heldOutCount: Int { heldOut.count }

    init(scores: [Float], lowest: [Float], heldOut: [Int]) {
        self.scores = scores
        self.lowest = lowest
        self.heldOut = heldOut
    }

    /// Where the held-out items stand among the candidates, ascending; those that stand nowhere are left out.
    func places(weights: [Float]) -> [Int] {
        let width = lowest.count
        let sums = (0..<scores.count / max(width, 1)).map { candidate in
            var sum: Float = 0
            var isScored = false
            for part in 0..<width where weights[part] != 0 {
                let score = scores[candidate * width + part]
                isScored = isScored || score > -.infinity
                sum += weights[part] * max(score, lowest[part])
            }
            return isScored ? sum : -.infinity
        }
        return heldOut.filter { sums[$0] > -.infinity }
            .map { item in
                var before = 0
                for other in 0..<item where sums[other] >= sums[item] { before += 1 }
                for other in item + 1..<sums.count where sums[other] > sums[item] { before += 1 }
                return before
            }
            .sorted()
    }
}
