import Glibc

/// The chi-squared distribution.
enum ChiSquared {
    /// The probability of more than `value`.
    ///
    /// Upwards from one or two degrees of freedom, by the recurrence of the incomplete gamma function (Abramowitz and Stegun
    /// 6.5.21).
    static func survival(_ value: Double, degrees: Int) -> Double {
        guard value > 0, degrees > 0 else { return 1 }
        let half = value / 2
        var shape = degrees.isMultiple(of: 2) ? 1 : 0.5
        var probability = degrees.isMultiple(of: 2) ? exp(-half) : erfc(half.squareRoot())
        while shape < Double(degrees) / 2 {
            probability += exp(shape * log(half) - half - lgamma(shape + 1))
            shape += 1
        }
        return min(probability, 1)
    }
}
