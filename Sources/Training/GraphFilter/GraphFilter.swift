package import Recommenders

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Smooths a profile over the graph of users and items, with nothing to train: two hops from item to item, a low-pass filter that keeps only
/// the smoothest components, and a step back from what smoothing once more would give.
///
/// R̃ are the ratings, each divided by powers of the lengths of its row and its column, and all so that the largest singular value is 1; U are
/// the first right singular vectors and σ their values. Then S = R̃ᵀR̃ + U · diag(α - β σ² (σ² + α)) · Uᵀ, and item i's weight for item j is
/// S(i, j) · degree(i)^(½ - a) · degree(j)^(½ - b), where α is `lowPass`, β `sharpening`, and a and b are the items' dampings.
///
/// Shen, Wu, Zhang, Shan, Zhang, Letaief and Li, "How powerful is graph convolution for recommendation?" (2021: GF-CF). The sharpening is that
/// of Choi, Hong, Park and Cho, "Blurring-sharpening process models for collaborative filtering" (2023: BSPM), one step of it, taken within
/// the components kept, where it costs nothing. Beyond the papers, R̃ᵀR̃ may count a user's pair of ratings by how near they were given
/// (`Closeness`).
package struct GraphFilter: Sendable {
    package var parameters: GraphFilterParameters
    package var memory: MemoryBudget
    package var threads: Int

    package init(
        parameters: GraphFilterParameters = .init(), memory: MemoryBudget = .ofMachine, threads: Int = Parallel.coreCount
    ) {
        self.parameters = parameters
        self.memory = memory
        self.threads = threads
    }

    /// - Throws: before anything large is allocated when it would not fit `memory`.
    /// - Complexity: O(pairs + items² · components), memory O(ratings + (items + users) · components + items · `weightsPerItem`).
    package func train(
        _ ratings: RatingMatrix, scale: RatingScale, progress: @Sendable (Double) -> Void = { _ in }
    ) throws(TrainingError) -> ItemWeights {
        let rated = ratings.ratedItemCount
        guard rated > 0 else { throw TrainingError(.nothingToLearn, "no item has a rating") }
        let components = min(parameters.components, rated, ratings.userCount)
        try checkMemory(ratings, items: rated, components: components)

        let pairs = CoOccurrences(
            ratings, scale: scale, weighting: .opinion(parameters.opinion),
            closeness: ratings.hasTimes ? parameters.closeness : .ignored,
            userDamping: parameters.userDamping, threads: threads)
        progress(0.05)
        let count = pairs.itemCount
        let degrees = (0..<count).map { Double(pairs.columnStarts[$0 + 1] - pairs.columnStarts[$0]) }
        let normalization = degrees.map { Float(1 / $0.squareRoot()) }
        let sources = degrees.map { Float(pow($0, 0.5 - parameters.sourceDamping)) }
        let targets = degrees.map { Float(pow($0, 0.5 - parameters.targetDamping)) }
        let decomposition = TruncatedSVD(components: components, seed: parameters.seed, threads: threads)
            .decompose(pairs, itemScales: normalization) { progress(0.05 + 0.35 * $0) }
        let filter = LowPassFilter(decomposition, lowPass: parameters.lowPass, sharpening: parameters.sharpening)

        let share = decomposition.values.first.map { $0 > 0 ? 1 / ($0 * $0) : 0 } ?? 0

        LinearAlgebra.setThreads(1)
        return StrongestWeights(side: .source, weightsPerRow: parameters.weightsPerItem, blockSize: 64).select(
            of: pairs.itemsByRank, itemCount: ratings.itemCount, threads: threads, progress: { progress(0.4 + 0.6 * $0) }
        ) { items, rows in
            for item in items {
                let start = (item - items.lowerBound) * count
                let row = UnsafeMutableBufferPointer(rebasing: rows[start..<start + count])
                pairs.add(item, .both, to: row)
                for other in row.indices { row[other] *= share * normalization[item] * normalization[other] }
            }
            filter.add(items, to: rows)
            for item in items {
                let start = (item - items.lowerBound) * count
                for other in 0..<count { rows[start + other] *= sources[item] * targets[other] }
            }
        }
    }

    private func checkMemory(_ ratings: RatingMatrix, items: Int, components: Int) throws(TrainingError) {
        let width = components + 16
        let weights = min(parameters.weightsPerItem, items)
        try memory.check(
            ratings.ratingCount * 20 + (3 * items + ratings.userCount) * width * 4 + items * weights * 16,
            arithmetic: """
                \(ratings.ratingCount) ratings × 20 bytes + (3 × \(items) items + \(ratings.userCount) users) × \(width) components × 4 bytes + \
                \(items) items × \(weights) weights × 16 bytes
                """)
    }
}
