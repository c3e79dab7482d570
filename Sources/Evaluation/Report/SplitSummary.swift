import Recommenders

/// How the data set was split, and what that gave.
package struct SplitSummary: Hashable, Sendable, Codable {
    /// As `SplitMethod.name` says.
    package var method: String
    /// nil where nothing is drawn.
    package var seed: UInt64?
    /// Seconds since 1970; nil where the split is not by time.
    package var cut: UInt32?
    /// `test` or `validation`: which ratings were to be found.
    package var part: Part
    /// What became of the validation ratings; nil when it was they that were to be found.
    package var validationUse: ValidationUse?
    package var trainingRatings: Int
    package var heldOutRatings: Int
    /// Users evaluated.
    package var users: Int
    /// Users not evaluated because training holds none of their ratings.
    package var usersWithoutProfile: Int

    package enum Part: String, Sendable, Codable { case test, validation }

    /// - Parameter validationUse: nil when `set` is the validation set.
    package init(_ method: SplitMethod, _ set: EvaluationSet, validationUse: ValidationUse?) {
        self.method = method.name
        seed = method.seed
        cut = if case .temporal(let cut) = method { cut } else { nil }
        part = validationUse == nil ? .validation : .test
        self.validationUse = validationUse
        trainingRatings = set.training.ratingCount
        heldOutRatings = set.heldOutCount
        users = set.users.count
        usersWithoutProfile = set.usersWithoutProfile
    }
}
