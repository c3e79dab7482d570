/// What the log says of a user.
package enum LiveWord: Hashable, Sendable {
    case said(UserID, RatingUpdate)
    /// The user left: of them nothing remains, whatever they said and when.
    case removed(UserID)
}
