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

    func contributions(to entries: [TopK.Entry], in profile: Profile) throws(CancellationError) -> [ItemContributions?] {
        let known = entries.filter { $0.element < scorer.itemCount }
        var contributions = try scorer.contributions(to: known, in: profile.restricted(to: scorer.itemCount)).makeIterator()
        return entries.map { entry in
            guard entry.element < scorer.itemCount, var ofEntry = contributions.next() ?? nil else { return nil }
            if !ofEntry.ratings.isEmpty {
                ofEntry.ratings += repeatElement(0, count: profile.items.count - ofEntry.ratings.count)
            }
            return ofEntry
        }
    }
}
