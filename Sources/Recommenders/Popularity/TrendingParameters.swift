/// How fast what is trending is forgotten.
package struct TrendingParameters: Hashable, Sendable, Codable {
    /// In days before the newest rating of all, above 0: the age at which a rating counts half.
    package var halfLifeDays: Double

    package init(halfLifeDays: Double = 30) {
        self.halfLifeDays = halfLifeDays
    }
}
