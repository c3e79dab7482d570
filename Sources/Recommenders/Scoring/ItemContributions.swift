/// What an item's score is made of: the parts sum to it, but for rounding.
package struct ItemContributions: Hashable, Sendable {
    /// By place in the profile, what each rating adds; below 0 where it speaks against the item. Empty where none adds anything.
    package var ratings: [Double]
    /// What anybody would get, whatever the ratings.
    package var base = 0.0

    package var sum: Double { ratings.reduce(base, +) }

    /// For a score that was added to others, weighted: all parts times `weight`.
    ///
    /// - Precondition: it has a place for each rating of the other.
    mutating func add(_ other: ItemContributions, times weight: Double) {
        for place in other.ratings.indices { ratings[place] += weight * other.ratings[place] }
        base += weight * other.base
    }
}

extension [ItemContributions?] {
    /// Of scores that have nothing to do with the profile.
    static func whateverTheRatings(_ entries: [TopK.Entry]) -> Self {
        entries.map { entry in
            guard entry.score > -.infinity else { return nil }
            return ItemContributions(ratings: [], base: Double(entry.score))
        }
    }
}
