/// The six sums over the items that two users both rated, x being one user's codes and y the other's.
///
/// Correlation and distance follow from them, on rating values: a code c stands for the value `scale.minimum + (c - 1) * scale.step`.
package struct CoRatings: Hashable, Sendable {
    package var count: UInt64
    package var x: UInt64
    package var y: UInt64
    package var xx: UInt64
    package var yy: UInt64
    package var xy: UInt64

    /// The correlation over the shared items, -1 to 1, the means too being over the shared items (Resnick et al. 1994, GroupLens).
    ///
    /// The same for codes and for values. 0 where fewer than two items are shared or where either user gave all of them one rating.
    var pearson: Double {
        // Each difference is exact before it becomes floating point, so that a user without variance is seen as such.
        let varianceX = Double(count * xx - x * x)
        let varianceY = Double(count * yy - y * y)
        guard varianceX > 0, varianceY > 0 else { return 0 }
        // The products may need all 64 bits, their difference never does: at most count² · 127².
        let covariance = Double(Int64(bitPattern: count * xy &- x * y))
        return covariance / (varianceX * varianceY).squareRoot()
    }

    /// 1 / (1 + the root of the mean squared difference of the shared items' values), above 0 and up to 1; 0 where none is shared.
    func euclidean(on scale: RatingScale) -> Double {
        guard count > 0 else { return 0 }
        let squaredDifferences = Double(xx + yy - 2 * xy)
        return 1 / (1 + scale.step * (squaredDifferences / Double(count)).squareRoot())
    }
}
