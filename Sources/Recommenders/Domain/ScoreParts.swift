/// What a score is made of besides the ratings that explain it: with their contributions the parts sum to the score, but for rounding (a
/// millionth of the largest part).
package struct ScoreParts: Hashable, Sendable, Codable {
    /// What comes of the profile's other ratings, below 0 where they speak against it.
    package var others: Double
    /// What anybody would get, whatever the ratings: what is popular, and the mean that standardised scores are counted from.
    package var base: Double
    /// What the query's boosts add.
    package var boost: Double
    /// In a list for a group, each member's score, standardised, in the order of the members: their mean or the lowest of them is the
    /// score less the boost, and `others` and `base` are 0. Empty for lists for one user.
    package var members: [Double]

    package init(others: Double = 0, base: Double = 0, boost: Double = 0, members: [Double] = []) {
        self.others = others
        self.base = base
        self.boost = boost
        self.members = members
    }
}
