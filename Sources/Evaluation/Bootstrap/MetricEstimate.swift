/// A metric of one algorithm.
package struct MetricEstimate: Hashable, Sendable, Codable {
    package let value: Double
    /// nil for metrics that are no mean over users.
    package let interval: Interval?
    /// From the baseline; nil for the baseline itself.
    package let difference: Difference?

    /// This algorithm's value less the baseline's, on the same users.
    package struct Difference: Hashable, Sendable, Codable {
        package let value: Double
        package let interval: Interval?
        /// Twice the share of resamples in which the difference was nil or had the other sign, at most 1: about how likely such a
        /// difference is by chance where there is none.
        package let chance: Double?

        /// Whether the interval leaves 0 out.
        package var isClear: Bool {
            guard let interval else { return false }
            return interval.low > 0 || interval.high < 0
        }
    }
}
