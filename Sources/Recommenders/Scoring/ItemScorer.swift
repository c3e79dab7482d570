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

    /// For each of `items` the places in the profile of the at most `count` ratings that pulled it in, strongest first.
    func reasons(_ count: Int, for items: [UInt32], in profile: Profile) throws(CancellationError) -> [[Int]]

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

    package func reasons(_ count: Int, for items: [UInt32], in profile: Profile) -> [[Int]] { items.map { _ in [] } }

    package func following(_ live: LiveState) -> any ItemScorer {
        itemCount < live.itemCount ? WidenedScorer(self, itemCount: live.itemCount) : self
    }

    package func best(_ count: Int, for profile: Profile, filter: ItemFilter?) throws(CancellationError) -> [TopK.Entry] {
        try withTemporaryMemory(of: Float.self, count: itemCount) { scores throws(CancellationError) in
            guard try score(profile, into: scores) else { return [] }
            for item in profile.items { scores[Int(item)] = -.infinity }
            var best = TopK(capacity: count)
            for item in 0..<itemCount where scores[item] > best.floor && filter?.admits(UInt32(item)) ?? true {
                best.offer(UInt32(item), score: scores[item])
            }
            return best.sorted()
        }
    }
}
