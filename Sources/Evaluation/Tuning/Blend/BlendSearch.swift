package import Recommenders

/// Finds the weights with which a `BlendRecommender` ranks best on validation.
///
/// Every algorithm is asked once per user. Kept is what stands high with any of them, so that trying weights costs a few hundred
/// additions per user; an item that is high with none but would be in the sum is missed, so the value found is very nearly the
/// blend's but not exactly.
package struct BlendSearch: Sendable {
    private let users: [BlendCandidates]
    private let count: Int
    private let metric: Metric
    private let discounts: DiscountTable
    private let threads: Int

    /// - Parameters:
    ///   - metric: one of those that follow from the held-out items' places.
    ///   - users: how many are looked at at most, drawn by `seed`.
    ///   - candidates: how many of each algorithm's best items are kept per user.
    ///   - progress: the share of the users done; called from any thread.
    package init(
        _ scorers: [any ItemScorer], on validation: ValidationSet, metric: Metric = .ndcg(10), users: Int = 5000,
        candidates: Int = 200, seed: UInt64 = 1, threads: Int = Parallel.coreCount,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) {
        let set = validation.set.sample(users, seed: seed)
        precondition(scorers.allSatisfy { $0.itemCount == set.training.itemCount })
        let share = ProgressShare(of: set.users.count, report: progress)
        self.users = Chunks(of: set.users.count, stride: 16, threads: threads) { places in
            var scoring = BlendScoring(scorers, set, candidates: candidates)
            let candidates = places.map { scoring.candidates(for: set.users[$0]) }
            share.advance(by: places.count)
            return candidates
        }.results.flatMap { $0 }
        count = scorers.count
        self.metric = metric
        self.threads = threads
        discounts = DiscountTable(count: metric.cutoff ?? 1)
        precondition(
            metric.value(places: [], heldOut: 1, discounts: discounts) != nil, "\(metric) is not a matter of places alone")
    }

    /// The metric's mean over the users.
    package func value(of weights: [Float]) -> Double {
        let sums = Chunks(of: users.count, stride: 128, threads: threads) { places in
            places.reduce(0.0) { sum, place in
                let user = users[place]
                let value = metric.value(
                    places: user.places(weights: weights), heldOut: user.heldOutCount, discounts: discounts)
                return sum + (value ?? 0)
            }
        }
        return sums.results.reduce(0, +) / Double(max(users.count, 1))
    }

    /// Climbs one weight at a time, by ever smaller steps, from equal weights, from the best algorithm alone, and from `restarts`
    /// more weights drawn by `seed`. The same seed finds the same weights.
    package func run(restarts: Int = 6, seed: UInt64 = 1) -> BlendOutcome {
        var trials = 0
        var known: [[Float]: Double] = [:]
        func tried(_ weights: [Float]) -> Double {
            if let value = known[weights] { return value }
            trials += 1
            let value = value(of: weights)
            known[weights] = value
            return value
        }
        let singles = (0..<count).map { single in (0..<count).map { Float($0 == single ? 1 : 0) } }
        let singleValues = singles.map(tried)
        var starts = [[Float](repeating: 1 / Float(max(count, 1)), count: count)]
        if let best = singleValues.indices.max(by: { singleValues[$0] < singleValues[$1] }) { starts.append(singles[best]) }
        var generator = SplitMix64(seed: seed)
        for _ in 0..<restarts {
            starts.append(Self.normalized((0..<count).map { _ in Float(generator.next(in: 0..<1000)) }) ?? starts[0])
        }
        var best = starts[0]
        for start in starts {
            let top = climb(from: start, tried)
            if tried(top) > tried(best) { best = top }
        }
        return BlendOutcome(weights: best, value: tried(best), singleValues: singleValues, trials: trials)
    }

    private func climb(from start: [Float], _ tried: ([Float]) -> Double) -> [Float] {
        var best = start
        var step: Float = 0.32
        while step >= 0.02 {
            var isBetter = false
            for part in 0..<count {
                for change in [step, -step] {
                    var weights = best
                    weights[part] = max(0, weights[part] + change)
                    guard let weights = Self.normalized(weights), tried(weights) > tried(best) else { continue }
                    best = weights
                    isBetter = true
                }
            }
            if !isBetter { step /= 2 }
        }
        return best
    }

    /// To the sum 1, rounded to ten-thousandths; nil where all are 0.
    private static func normalized(_ weights: [Float]) -> [Float]? {
        let sum = weights.reduce(0, +)
        return sum > 0 ? weights.map { ($0 / sum * 10_000).rounded() / 10_000 } : nil
    }
}
