#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds for each item the items that the same people rated: the weights of item-based collaborative filtering, and what stands under an item
/// as its like.
///
/// Deshpande and Karypis, "Item-based top-N recommendation algorithms" (2004), with the cosine of two columns of the rating matrix; or
/// Sarwar, Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms" (2001), with the adjusted one. The
/// exponents on the items' lengths and rows are those of Paudel, Christoffel, Newell and Bernstein, "Updatable, accurate, diverse, and scalable
/// recommendations for interactive applications" (2016), where they keep popular items from being everybody's neighbour. A user's pair of
/// ratings may count by how near they were given (`Closeness`).
///
/// The weight of a neighbour is (sum / (length^a · length^b + shrinkage))^power, over the largest of all weights if that is above 1; so it is
/// from 0 to 1.
package struct ItemNeighbors: Sendable {
    package var parameters: ItemNeighborParameters
    package var threads: Int

    package init(parameters: ItemNeighborParameters = .init(), threads: Int = Parallel.coreCount) {
        self.parameters = parameters
        self.threads = threads
    }

    /// Rows are strongest first, of equally strong neighbours the more often rated first, then the lower index. Pairs with no positive sum are no
    /// neighbours. The outcome is the same whatever the number of threads.
    ///
    /// - Complexity: O(ratings · the ratings within the window, or else the row), memory O(ratings + items · `neighbours`).
    package func train(
        _ ratings: RatingMatrix, scale: RatingScale, progress: @Sendable (Double) -> Void = { _ in }
    ) -> ItemWeights {
        let pairs = CoOccurrences(
            ratings, scale: scale, weighting: parameters.isAdjusted ? .aboveMean : .opinion(.ignored),
            closeness: ratings.hasTimes ? parameters.closeness : .ignored, userDamping: parameters.userDamping, threads: threads)
        let lengths = pairs.squares().map { Double($0).squareRoot() }
        let sources = lengths.map { Float(pow($0, parameters.sourceDamping)) }
        let targets = lengths.map { Float(pow($0, parameters.targetDamping)) }
        let shrinkage = Float(parameters.shrinkage)
        let power = Float(parameters.power)
        // One row at a time, so that it stays in the core's own cache.
        let weights = StrongestWeights(side: .source, weightsPerRow: parameters.neighbours, blockSize: 1).select(
            of: pairs.itemsByRank, itemCount: ratings.itemCount, threads: threads, progress: progress
        ) { items, row in
            for item in items {
                pairs.add(item, .both, to: row)
                targets.withUnsafeBufferPointer { Self.divide(row, by: $0, times: sources[item], plus: shrinkage) }
                if power != 1 {
                    for other in row.indices where row[other] > 0 { row[other] = pow(row[other], power) }
                }
            }
        }
        return weights.scaledToOne()
    }

    /// What is not above 0 becomes 0.
    private static func divide(
        _ row: UnsafeMutableBufferPointer<Float>, by targets: UnsafeBufferPointer<Float>, times source: Float,
        plus shrinkage: Float
    ) {
        func quotient(_ other: Int) -> Float { row[other] > 0 ? row[other] / (source * targets[other] + shrinkage) : 0 }
        let sums = UnsafeMutableRawBufferPointer(row)
        let lengths = UnsafeRawBufferPointer(targets)
        let width = 8
        let end = row.count - row.count % width
        for start in stride(from: 0, to: end, by: width) {
            let sum = sums.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self)
            let length = lengths.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self)
            let quotients = (sum / (source * length + shrinkage)).replacing(with: 0, where: sum .<= 0)
            sums.storeBytes(of: quotients, toByteOffset: start * 4, as: SIMD8<Float>.self)
        }
        for other in end..<row.count { row[other] = quotient(other) }
    }
}

extension ItemWeights {
    /// Divided by the largest weight if that is above 1.
    fileprivate func scaledToOne() -> ItemWeights {
        let largest = weights.max() ?? 0
        guard largest > 1 else { return self }
        let scaled = FlatArray(weights.map { $0 / largest })
        return ItemWeights(starts: starts, items: items, weights: scaled, covered: covered)
    }
}
