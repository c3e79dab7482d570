/// What one user has said since the ratings file was written, item by item, the newest word on each.
///
/// Ratings that were taken back and items that were dismissed stay in it (with `rating` nil), because they hide the ratings file's row.
package struct LiveProfile: Hashable, Sendable {
    package private(set) var updates: [ItemID: RatingUpdate] = [:]

    package init() {}

    package init(_ updates: some Sequence<RatingUpdate>) {
        self.updates.reserveCapacity(updates.underestimatedCount)
        for update in updates { apply(update) }
    }

    /// Keeps `update` if it is newer than what is known of its item.
    ///
    /// - Returns: whether it was. Any order and any repetition of the same updates ends in the same profile.
    @discardableResult
    package mutating func apply(_ update: RatingUpdate) -> Bool {
        if let known = updates[update.item], known.version >= update.version { return false }
        updates[update.item] = update
        return true
    }

    /// The newest version in it: which ratings a list computed from it has seen.
    package var version: RatingVersion? { updates.values.lazy.map(\.version).max() }
}
