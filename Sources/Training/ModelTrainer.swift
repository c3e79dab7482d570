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
        case .userNeighbors, .popularity, .trending, .blend: return Outcome(content: .parametersOnly)
        case .itemNeighbors(let parameters):
            let kept = ratings.itemCount * min(parameters.neighbours, ratings.itemCount)
            try memory.check(
                2 * kept * 8 + ratings.ratingCount * 12,
                of:
                    "\(ratings.itemCount) items × \(parameters.neighbours) neighbours × 2 × 8 bytes + \(ratings.ratingCount) ratings × 12"
            )
            let trainer = ItemNeighbors(parameters: parameters, threads: threads)
            return Outcome(content: .itemWeights(trainer.train(ratings, scale: scale, progress: progress)))
        case .graphFilter(let parameters):
            let trainer = GraphFilter(parameters: parameters, memory: memory, threads: threads)
            return Outcome(content: .itemWeights(try trainer.train(ratings, scale: scale, progress: progress)))
        case .implicitALS(let parameters):
            let vectors = 2 * ratings.itemCount + ratings.userCount
            try memory.check(
                vectors * parameters.dimensions * 4,
                of:
                    "(2 × \(ratings.itemCount) items + \(ratings.userCount) users) × \(parameters.dimensions) dimensions × 4 bytes"
            )
            let trainer = ImplicitALS(parameters: parameters, threads: threads)
            return Outcome(content: .itemFactors(trainer.train(ratings, progress: progress)))
        case .ease(let parameters):
            let trainer = EASE(parameters: parameters, memory: memory, threads: threads)
            let outcome = try trainer.train(ratings, scale: scale, progress: progress)
            return Outcome(content: .itemWeights(outcome.weights), notes: [outcome.sparsification.text].compactMap { $0 })
        }
    }
}
