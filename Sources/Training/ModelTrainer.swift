package import Recommenders

/// Trains any of the algorithms.
package struct ModelTrainer: Sendable {
    /// What one training may take.
    package var memory = MemoryBudget.ofMachine
    package var threads = Parallel.coreCount

    package init() {}

    /// What came of it.
    package struct Outcome: Sendable {
        package let content: TrainedModel.Content
        /// What there is to say of it, for people, a line each.
        package var notes: [String] = []
    }

    /// - Parameter progress: 0 to 1; may be called on any thread.
    /// - Throws: before anything large is allocated when parameters cannot be used or what they need does not fit `memory`.
    package func train(
        _ parameters: ModelParameters, on ratings: RatingMatrix, scale: RatingScale,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) throws(TrainingError) -> Outcome {
        if let problem = parameters.problem {
            throw TrainingError(.unsolvable, "\(parameters.algorithm.rawValue) cannot be trained: \(problem)")
        }
        switch parameters {
        case .userNeighbors, .popularity, .blend: return Outcome(content: .parametersOnly)
        default: return Outcome(content: .parametersOnly)
        }
    }
}
