/// How much more a rating says of what comes next than an older one: the weight of the profile's n-th latest rating, n counted from 0, is
/// `1 / (1 + n / halfLife)`.
///
/// People come with something in mind, so what they rated last says most of what they will rate next (the observation behind
/// session-based recommenders; Jannach and Ludewig 2017).
package struct Recency: Hashable, Sendable, Codable {
    /// The rank at which a rating counts half; nil where all count alike.
    package var halfLife: Double?

    package static let none = Recency(halfLife: nil)

    package init(halfLife: Double?) {
        self.halfLife = halfLife
    }

    /// By place in the profile, above 0 and up to 1.
    package func weights(of profile: Profile) -> [Float] {
        guard let halfLife else { return [Float](repeating: 1, count: profile.items.count) }
        return profile.recencyRanks.map { Float(1 / (1 + Double($0) / halfLife)) }
    }
}
