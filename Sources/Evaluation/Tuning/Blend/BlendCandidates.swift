import Recommenders

/// What is needed of one user to tell how any weights would rank: the standardised scores of the held-out items and of those that any of
/// the algorithms ranks high.
struct BlendCandidates: Sendable {
    /// By candidate, in ascending order of the items: one score per algorithm.
    private let scores: [Float]
    /// The places of the held-out items among the candidates, which ascend.
    private let heldOut: [Int]
    private let width: Int

    var heldOutCount: Int { heldOut.count }

    init(scores: [Float], heldOut: [Int], width: Int) {
        self.scores = scores
        self.heldOut = heldOut
        self.width = width
    }

    /// Where the held-out items stand among the candidates, ascending; those that stand nowhere are left out.
    func places(weights: [Float]) -> [Int] {
        let sums = (0..<scores.count / max(width, 1)).map { candidate in
            var sum: Float = 0
            for part in 0..<width where weights[part] != 0 { sum += weights[part] * scores[candidate * width + part] }
            return sum
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
