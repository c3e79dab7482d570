import Evaluation
import Recommenders

/// What is searched for when an algorithm is tuned, and between which bounds.
enum SearchSpace {
    static func exists(for algorithm: Algorithm) -> Bool { algorithm != .classic }

    /// - Parameter ratings: where no times are known, what depends on them is not searched for.
    static func of(_ start: ModelParameters, ratings: RatingMatrix) -> [SearchParameter] { [] }
}
