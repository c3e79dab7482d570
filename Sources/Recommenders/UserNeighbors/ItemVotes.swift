/// What the neighbours who rated one item say of it, added up.
struct ItemVotes: Sendable {
    /// Neighbours who rated it.
    var count = 0
    /// The sum of their similarities.
    var weight = 0.0
    /// The sum of their similarities times their ratings' codes.
    var weightedCodes = 0.0

    /// The similarity-weighted mean of the ratings, as a code between two codes.
    var predictedCode: Double { weightedCodes / weight }

    mutating func add(_ voter: Voter, code: UInt8) {
        count += 1
        weight += voter.similarity
        weightedCodes += voter.similarity * Double(code)
    }
}
