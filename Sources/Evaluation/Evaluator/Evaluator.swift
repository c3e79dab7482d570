package import Recommenders
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ranks all items that are new to each user of an evaluation set, and counts how well the held-out ones are found.
///
/// The outcome but for its times does not depend on the number of threads. A run keeps some twenty numbers per user and cutoff,
/// and on each thread a score per item.
package struct Evaluator: Sendable {
    package let set: EvaluationSet
    package let scale: RatingScale
    package let cutoffs: [Int]
    /// Users whose lists' diversity is taken, as it costs more than all the rest.
    package let diversityUsers: Int
    /// What those users are drawn by.
    package let seed: UInt64

    let layout: MetricLayout
    let discounts: DiscountTable
    /// By item: −log2 of the share of users who rated it.
    let novelty: [Double]
    private let popularityBuckets: [UInt8]
    private let isDiversified: [Bool]

    /// - Parameter cutoffs: above 0, in any order.
    package init(
        _ set: EvaluationSet, scale: RatingScale, cutoffs: [Int] = [10, 20], diversityUsers: Int = 2000, seed: UInt64 = 1
    ) {
        precondition(!cutoffs.isEmpty && cutoffs.allSatisfy { $0 > 0 })
        self.set = set
        self.scale = scale
        self.cutoffs = Set(cutoffs).sorted()
        self.diversityUsers = diversityUsers
        self.seed = seed
        layout = MetricLayout(cutoffs: self.cutoffs)
        discounts = DiscountTable(count: self.cutoffs.max() ?? 0)
        let counts = (0..<set.training.itemCount).map { set.training.column($0).count }
        novelty = counts.map { Self.surprise(count: $0, of: set.training.userCount) }
        popularityBuckets = counts.map { UInt8(Bucket.popularity.place(of: $0)) }
        let sampled = Set(Array(set.users.indices).sample(diversityUsers, seed: seed))
        isDiversified = set.users.indices.map { sampled.contains($0) }
    }

    private static func surprise(count: Int, of users: Int) -> Double {
        -log2(Double(max(count, 1)) / Double(max(users, 1)))
    }

    /// The place in `Bucket.popularity` that the item falls in.
    func popularity(of item: UInt32) -> Int { Int(popularityBuckets[Int(item)]) }

    /// - Parameters:
    ///   - contender: scores as many items as the set has.
    ///   - progress: the share of the users done; called from any thread, now and then.
    package func evaluate(
        _ contender: Contender, threads: Int = Parallel.coreCount, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) -> AlgorithmOutcome {
        precondition(contender.scorer.itemCount == set.training.itemCount, "\(contender.name) scores other items")
        let itemCount = set.training.itemCount
        let firstPlaces = Mutex([Int32](repeating: .max, count: itemCount))
        let share = ProgressShare(of: set.users.count, report: progress)
        let start = ContinuousClock.now
        let chunks = Chunks(of: set.users.count, stride: 64, threads: threads) { places in
            var evaluation = UserEvaluation(contender, self)
            let scores = UnsafeMutableBufferPointer<Float>.allocate(capacity: itemCount)
            defer { scores.deallocate() }
            for place in places {
                evaluation.add(set.users[place], isDiversified: isDiversified[place], scores: scores)
            }
            firstPlaces.withLock { firstPlaces in
                for list in evaluation.lists {
                    for (place, item) in list.enumerated() {
                        firstPlaces[Int(item)] = min(firstPlaces[Int(item)], Int32(place))
                    }
                }
            }
            share.advance(by: places.count)
            return evaluation.summary
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return AlgorithmOutcome(
            contender, self, chunks.results, firstPlaces: firstPlaces.withLock { $0 }, seconds: seconds)
    }
}
