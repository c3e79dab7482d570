/// Whether users came to the variants in the shares that they were meant to (Fabijan et al. 2019, "Diagnosing sample ratio mismatch in
/// online controlled experiments"): Pearson's chi-squared test.
///
/// Where they did not, something else than the variant decides who is counted, and no figure can be trusted.
package struct SampleRatioCheck: Hashable, Sendable, Codable {
    /// So small that looking every day rarely raises a false alarm.
    package static let alarmLevel = 0.001

    /// How likely numbers as far from the shares are by chance.
    package let pValue: Double
    package let isMismatch: Bool

    /// - Parameter shares: more than 0, and 1 together.
    package init(users: [Int], shares: [Double]) {
        let total = Double(users.reduce(0, +))
        let statistic = zip(users, shares).reduce(0.0) { sum, variant in
            let expected = total * variant.1
            guard expected > 0 else { return sum }
            return sum + (Double(variant.0) - expected) * (Double(variant.0) - expected) / expected
        }
        pValue = ChiSquared.survival(statistic, degrees: users.count - 1)
        isMismatch = pValue < Self.alarmLevel
    }
}
