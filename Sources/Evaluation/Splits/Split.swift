import Recommenders

/// A data set of which each user's test ratings, and before those the validation ratings, are set apart.
package struct Split: Sendable {
    package let method: SplitMethod
    /// All ratings: training, validation and test.
    let ratings: RatingMatrix
    /// Those set apart for the test, and for validation.
    let test: RatingLists
    let validation: RatingLists

    init(_ method: SplitMethod, of ratings: RatingMatrix, test: RatingLists, validation: RatingLists) throws(SplitError) {
        guard !test.items.isEmpty else { throw SplitError(.nothingHeldOut, "no user has ratings to hold out") }
        self.method = method
        self.ratings = ratings
        self.test = test
        self.validation = validation
    }

    /// For the final figures.
    ///
    /// - Complexity: O(ratings), on all cores.
    package func testSet(validation use: ValidationUse = .trained) -> EvaluationSet {
        switch use {
        case .trained: EvaluationSet(training: ratings.removing(test), heldOut: test)
        case .masked: EvaluationSet(training: trainingOnly, heldOut: test, masked: validation)
        case .candidates: EvaluationSet(training: trainingOnly, heldOut: test)
        }
    }

    /// For choosing parameters: the test ratings are in no part of it.
    package func validationSet() throws(SplitError) -> ValidationSet {
        guard !validation.items.isEmpty else { throw SplitError(.nothingHeldOut, "the split has no validation ratings") }
        return ValidationSet(EvaluationSet(training: trainingOnly, heldOut: validation))
    }

    private var trainingOnly: RatingMatrix { ratings.removing(test.merging(validation)) }
}
