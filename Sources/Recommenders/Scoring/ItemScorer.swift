/// An algorithm that gives every item a number for a profile, higher being better.
package protocol ItemScorer: Sendable {
    /// How many items it scores: those of the rating matrix.
    var itemCount: Int { get }

    /// Writes a score for every item, those in the profile included; `-infinity` for items of which it has nothing to say.
    ///
    /// - Parameter scores: `itemCount` elements, of any value before. No score is NaN.
    /// - Returns: false when the profile gives it nothing to go by; `scores` then holds nothing of use.
    /// - Throws: once the task in which it is called is cancelled, unless it is as good as done; `scores` then holds nothing of use.
    func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) throws(CancellationError) -> Bool

    /// The `count` best items outside the profile that pass `filter`, of equal scores the lower index first; fewer where it has nothing to
    /// say of more.
    func best(_ count: Int, for profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK.Entry]

    /// What the scores of `entries` are made of, each of which is what the algorithm gives that item for the profile; nil where it is
    /// `-infinity`, so that there is nothing to explain.
    ///
    /// - Precondition: `entries` name no item twice.
    func contributions(to entries: [TopK.Entry], in profile: Profile) throws(CancellationError) -> [ItemContributions?]

    /// The items that `pick` makes of the `count` best, with what their scores are made of, in its order.
    ///
    /// - Parameter pick: may leave out any, and name others with the score `-infinity`.
    func explained(
        _ count: Int, for profile: Profile, filter: ItemFilter?, pick: EntryPick
    ) throws(CancellationError) -> [ExplainedEntry]

    /// The same algorithm with what was said since laid over its ratings: it scores the items of `live`.
    ///
    /// What is not made for it scores the items that it knows as ever, and has nothing to say of others.
    func following(_ live: LiveState) -> any ItemScorer
}

extension ItemScorer {
    /// `score` where nothing is cancelled, as in evaluations; false also when something is.
    package func answer(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        do { return try score(profile, into: scores) } catch { return false }
    }

    package func contributions(to entries: [TopK.Entry], in profile: Profile) -> [ItemContributions?] { entries.map { _ in nil } }

    package func explained(
        _ count: Int, for profile: Profile, filter: ItemFilter?, pick: EntryPick
    ) throws(CancellationError) -> [ExplainedEntry] {
        let picked = try pick(try best(count, for: profile, filter: filter))
        return zip(picked, try contributions(to: picked, in: profile)).map { ExplainedEntry(entry: $0, contributions: $1) }
    }

    package func following(_ live: LiveState) -> any ItemScorer {
        itemCount < live.itemCount ? WidenedScorer(self, itemCount: live.itemCount) : self
    }

    package func best(_ count: Int, for profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK.Entry] {
        try withTemporaryMemory(of: Float.self, count: itemCount) { scores throws(CancellationError) in
            guard try score(profile, into: scores) else { return [] }
            for item in profile.items { scores[Int(item)] = -.infinity }
            return TopK.best(count, of: scores, filter: filter)
        }
    }
}

extension TopK {
    /// The `count` best of scores by item, of those that are finite and pass `filter`.
    static func best(_ count: Int, of scores: UnsafeMutableBufferPointer<Float>, filter: ItemFilter?) -> [Entry] {
        var best = TopK(capacity: count)
        for item in scores.indices where scores[item] > best.floor && filter?.admits(UInt32(item)) ?? true {
            best.offer(UInt32(item), score: scores[item])
        }
        return best.sorted()
    }
}

/// Takes from an algorithm's best items what is to be listed.
package typealias EntryPick = ([TopK.Entry]) throws(CancellationError) -> [TopK.Entry]

/// An item, its score, and what that is made of.
package struct ExplainedEntry: Sendable {
    package var entry: TopK.Entry
    package var contributions: ItemContributions?
}
