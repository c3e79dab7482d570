/// What a user may do with an item that was recommended, by the names that files, reports and Redis use. Each counts once for a
/// user and an item.
package enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// Rated it.
    case ratings
    /// Thumbs up.
    case likes
    /// Thumbs down, or "not interested".
    case dislikes
    /// Opened it.
    case clicks
    /// Stayed with it, in seconds.
    case dwell

    /// Whether more of it is better.
    package var isWelcome: Bool { self != .dislikes }
}
