import Glibc

/// How much more the users of a variant do, on average, than those of another, relative to these: 0.1 for a tenth more.
///
/// The users are the unit, each with one number, since what one user does hangs together. Their means are compared as normal variables,
/// and the ratio's interval is Fieller's (1954, "Some problems in interval estimation"): all ratios that the comparison does not reject,
/// so that interval and p-value never disagree.
package struct Uplift: Hashable, Sendable {
    /// Fewer users than this of a variant say nothing: their means need not be normal yet, nor are the variances known.
    package static let leastUsers = 100
    /// The effect that the sequential test is best at, in standard deviations of a user's number, squared.
    private static let mixingVariance = 0.01

    package let control: UserSums
    package let treatment: UserSums
    /// With how many others it was made; each gets its part of the errors that are allowed (Bonferroni).
    package let comparisons: Int

    package init(of treatment: UserSums, over control: UserSums, comparisons: Int = 1) {
        self.control = control
        self.treatment = treatment
        self.comparisons = comparisons
    }

    /// nil where the others do nothing.
    package var value: Double? { control.mean > 0 ? treatment.mean / control.mean - 1 : nil }

    package var hasEnoughUsers: Bool { min(control.users, treatment.users) >= Self.leastUsers }

    /// The probability of a difference as large if there is none, that holds however often one looks, and whenever one stops (Johari et
    /// al. 2017, "Peeking at A/B tests", the mixture sequential probability ratio test with normal mixture); 1 for too few users.
    package var alwaysValidPValue: Double {
        guard hasEnoughUsers else { return 1 }
        let variance = control.varianceOfMean + treatment.varianceOfMean
        guard variance > 0 else { return 1 }
        let difference = treatment.mean - control.mean
        let growth = mixtureRatio
        let evidence = growth / (1 + growth) * difference * difference / variance / 2 - log(1 + growth) / 2
        return min(1, Double(comparisons) * exp(-evidence))
    }

    /// Within which the uplift is with this confidence, however often one looks.
    package func alwaysValidInterval(confidence: Double) -> ClosedRange<Double>? {
        guard hasEnoughUsers else { return nil }
        let growth = mixtureRatio
        let error = (1 - confidence) / Double(comparisons)
        return interval(reach: ((1 + growth) / growth * (2 * log(1 / error) + log(1 + growth))).squareRoot())
    }

    /// Within which it is with this confidence for somebody who looks but once, at a time that was chosen before.
    package func fixedInterval(confidence: Double) -> ClosedRange<Double>? {
        guard hasEnoughUsers else { return nil }
        return interval(reach: NormalDistribution.twoSidedQuantile((1 - confidence) / Double(comparisons)))
    }

    /// The mixture's variance over the difference's: it grows with the users.
    private var mixtureRatio: Double {
        let (first, second) = (Double(control.users), Double(treatment.users))
        return Self.mixingVariance * first * second / (first + second)
    }

    /// All r with |treatment − r · control| ≤ `reach` standard deviations, less 1.
    ///
    /// - Returns: nil where that has no bounds, since the control's mean may be 0.
    private func interval(reach: Double) -> ClosedRange<Double>? {
        let (first, second) = (control.mean, treatment.mean)
        let square = reach * reach
        let leading = first * first - square * control.varianceOfMean
        guard leading > 0 else { return nil }
        let constant = second * second - square * treatment.varianceOfMean
        let root = max(0, first * first * second * second - leading * constant).squareRoot()
        return max(0, (first * second - root) / leading) - 1...(first * second + root) / leading - 1
    }
}
