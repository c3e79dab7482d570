/// Why no model was made.
package struct TrainingError: Error, Equatable {
    package enum Code: Sendable {
        /// It would take more memory than is allowed.
        case tooLittleMemory
        /// A parameter or the ratings allow no solution.
        case unsolvable
        /// The ratings hold nothing to learn from.
        case nothingToLearn
    }

    package let code: Code
    /// For people, in one line.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static let singular = TrainingError(
        .unsolvable, "the matrix of co-occurrences is as good as singular; a larger regularization makes it solvable")
}
