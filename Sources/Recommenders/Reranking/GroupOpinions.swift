/// What the members of a group want, made comparable, and what becomes of it together.
struct GroupOpinions: Sendable {
    /// By member, a standard score for every item.
    private let members: [[Float]]
    /// By item; `-infinity` for items that any member rated, and where nobody's algorithm has anything to say.
    private let together: [Float]

    /// - Parameters:
    ///   - common: what any of them rated.
    ///   - popularity: speaks for members of whom `scorer` knows nothing.
    /// - Returns: nil when `scorer` knows of nobody.
    init?(
        of profiles: [Profile], _ common: Profile, by scorer: any ItemScorer, popularity: (any ItemScorer)?,
        _ aggregation: GroupAggregation
    ) throws(CancellationError) {
        let itemCount = scorer.itemCount
        var isScored = [Bool](repeating: false, count: itemCount)
        var isAnyKnown = false
        var members: [[Float]] = []
        for profile in profiles {
            var scores = [Float](repeating: 0, count: itemCount)
            try scores.withUnsafeMutableBufferPointer { scores throws(CancellationError) in
                if try scorer.score(profile, into: scores) {
                    isAnyKnown = true
                } else if try !(popularity?.score(profile, into: scores) ?? false) {
                    scores.update(repeating: -.infinity)
                }
                for item in scores.indices where scores[item] > -.infinity { isScored[item] = true }
                StandardScores.standardize(scores, for: profile)
            }
            members.append(scores)
        }
        guard isAnyKnown else { return nil }
        var together = [Float](repeating: 0, count: itemCount)
        for item in 0..<itemCount {
            let scores = members.lazy.map { $0[item] }
            switch aggregation {
            case .average: together[item] = scores.reduce(0, +) / Float(members.count)
            case .leastMisery: together[item] = scores.min() ?? 0
            }
        }
        for item in 0..<itemCount where !isScored[item] { together[item] = -.infinity }
        for item in common.items where item < itemCount { together[Int(item)] = -.infinity }
        self.members = members
        self.together = together
    }

    func best(_ count: Int, filter: ItemFilter?) -> [TopK.Entry] {
        var together = together
        return together.withUnsafeMutableBufferPointer { TopK.best(count, of: $0, filter: filter) }
    }

    /// In the order of the profiles.
    func ofMembers(on item: UInt32) -> [Double] { members.map { Double($0[Int(item)]) } }
}
