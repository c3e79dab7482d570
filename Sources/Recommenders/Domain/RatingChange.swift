/// What a user's new word on an item is. Each replaces the one before it, so that an item is rated, dismissed or neither.
package enum RatingChange: Hashable, Sendable, Codable {
    /// A value on the rating scale.
    case rated(Double)
    /// The word before it is taken back, whatever it was.
    case removed
    /// Not interested: the item is not to be recommended to this user. It says nothing of how the user would rate it.
    case dismissed
}
