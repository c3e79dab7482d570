package import Recommenders

/// The linear model that predicts every item from all others, in closed form: of all weights B without a diagonal those that minimise
/// ‖X - XB‖² + λ‖B‖², which are B = I - P diag(1 / diag P) with P = (XᵀX + λI)⁻¹.
///
/// Harald Steck, "Embarrassingly shallow autoencoders for sparse data" (2019). Beyond the paper, XᵀX may count a user's pair of ratings by how
/// near they were given (`Closeness`), and only the strongest weights are kept.
package struct EASE: Sendable {
    package var parameters: EASEParameters
    package var memory: MemoryBudget
    package var threads: Int

    package init(parameters: EASEParameters = .init(), memory: MemoryBudget = .ofMachine, threads: Int = Parallel.coreCount) {
        self.parameters = parameters
        self.memory = memory
        self.threads = threads
    }

    /// What came of it.
    package struct Outcome: Sendable {
        package let weights: ItemWeights
        package let sparsification: SparsificationLoss
    }

    /// The sample that measures the loss is left out of the training: one rating in a thousand, at most 500.
    ///
    /// - Throws: before anything large is allocated when it would not fit `memory`.
    /// - Complexity: O(n³) for n the smaller of items and users, users only where no times are known or closeness is ignored; memory
    ///   O(n²).
    package func train(
        _ ratings: RatingMatrix, scale: RatingScale, progress: @Sendable (Double) -> Void = { _ in }
    ) throws(TrainingError) -> Outcome {
        let closeness = ratings.hasTimes ? parameters.closeness : .ignored
        let itemCount = min(parameters.items, ratings.ratedItemCount)
        guard itemCount > 0 else { throw TrainingError(.nothingToLearn, "there is no item to cover that has a rating") }
        guard parameters.regularization > 0 else {
            throw TrainingError(.unsolvable, "the regularization is \(parameters.regularization), and has to be above 0")
        }
        let isDual = closeness == .ignored && ratings.userCount < itemCount
        try memory.checkSquare(
            isDual ? ratings.userCount : itemCount, other: ratings.ratingCount * 20 + itemCount * parameters.weightsPerItem * 16,
            of: isDual ? "users" : "items")

        let sample = HeldOutSample(of: ratings)
        let pairs = CoOccurrences(
            ratings, scale: scale, limit: itemCount, weighting: .opinion(parameters.opinion), closeness: closeness,
            leavingOut: sample.places,
            threads: threads)
        progress(0.05)
        let solve = { @Sendable share in progress(0.05 + 0.65 * share) }
        let solution: any EASESolution =
            isDual
            ? try DualEASE(pairs, regularization: parameters.regularization, threads: threads, progress: solve)
            : try PrimalEASE(pairs, regularization: parameters.regularization, threads: threads, progress: solve)
        let denominators = solution.denominators
        guard denominators.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .singular }
        let count = pairs.itemCount
        let weights = StrongestWeights(side: .target, weightsPerRow: parameters.weightsPerItem).select(
            of: pairs.itemsByRank, itemCount: ratings.itemCount, threads: threads, progress: { progress(0.7 + 0.25 * $0) }
        ) { items, rows in
            for item in items {
                let start = (item - items.lowerBound) * count
                let row = UnsafeMutableBufferPointer(rebasing: rows[start..<start + count])
                solution.write(item, to: row)
                for source in row.indices { row[source] /= denominators[item] }
            }
        }
        let sparse = ItemWeightsRecommender(
            weights: weights, scale: scale, recency: parameters.recency, opinion: parameters.opinion)
        let loss = SparsificationLoss(of: sample, in: ratings, items: pairs.itemsByRank, sparse: sparse, threads: threads) {
            solution.apply(to: $0, $1, $2)
            for item in denominators.indices { $2[item] /= denominators[item] }
        }
        progress(1)
        return Outcome(weights: weights, sparsification: loss)
    }
}
