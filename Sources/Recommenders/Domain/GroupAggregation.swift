/// How what several users want becomes one order (Masthoff 2004, "Group modeling"), by the names that requests use.
package enum GroupAggregation: String, Hashable, Sendable, Codable, CaseIterable {
    /// By the mean of the members' standardised scores.
    case average
    /// By the score of whoever wants it least, so that nobody is made to suffer.
    case leastMisery = "least-misery"

    /// How many users a group has.
    package static let memberRange = 2...20
}
