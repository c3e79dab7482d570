/// A scorer among items that it does not know: those behind its own, of which it has nothing to say.
struct WidenedScorer: ItemScorer {
    private let scorer: any ItemScorer
    let itemCount: Int

    /// - Parameter itemCount: at least that of `scorer`.
    init(_ scorer: any ItemScorer, itemCount: Int) {
        precondition(scorer.itemCount <= itemCount)
        self.scorer = scorer
        self.itemCount = itemCount
    }

    func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool {
        let known = UnsafeMutableBufferPointer(rebasing: scores[..<scorer.itemCount])
        scores[scorer.itemCount...].initialize(repeating: -.infinity)
        return try scorer.score(profile.restricted(to: scorer.itemCount), into: known)
    }

    func best(_ count: Int, for profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK.Entry] {
        try scorer.best(count, for: profile.restricted(to: scorer.itemCount), filter: filter)
    }

    func reasons(_ count: Int, for items: [UInt32], in profile: Profile) throws(CancellationError) -> [[Int]] {
        let known = items.filter { $0 < scorer.itemCount }
        var reasons = try scorer.reasons(count, for: known, in: profile.restricted(to: scorer.itemCount)).makeIterator()
        return items.map { $0 < scorer.itemCount ? reasons.next() ?? [] : [] }
    }
}
