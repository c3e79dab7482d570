import Recommenders
import Testing

@testable import Evaluation

struct ComparisonTests {
    static let set = Result {
        try Split.leaveOneOut(RatingMatrix.random(seed: 12, users: 160, items: 45), seed: 2).testSet()
    }

    /// The hash's scores with the held-out items raised.
    struct Better: ItemScorer {
        let base: HashScorer
        let heldOut: RatingLists
        var itemCount: Int { base.itemCount }

        func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
            guard base.answer(profile, into: scores) else { return false }
            for item in heldOut.items[heldOut.row(Int(profile.row ?? 0))] { scores[Int(item)] += 2 }
            return true
        }
    }

    static func outcomes() throws -> [AlgorithmOutcome] {
        let set = try set.get()
        let evaluator = Evaluator(set, scale: .halfStars)
        let scorers: [any ItemScorer] = [
            HashScorer(itemCount: 45, seed: 1), HashScorer(itemCount: 45, seed: 2),
            Better(base: HashScorer(itemCount: 45, seed: 3), heldOut: set.heldOut),
        ]
        return zip(["first", "second", "better"], scorers).map {
            evaluator.evaluate(Contender(name: $0, scorer: $1, predictor: HashPredictor()))
        }
    }

    @Test func intervalsHoldTheValuesAndTellDifferencesFromChance() throws {
        let outcomes = try Self.outcomes()
        let estimates = Comparison(outcomes, baseline: 0, bootstrap: Bootstrap(resamples: 200)).estimates
        for (outcome, estimates) in zip(outcomes, estimates) {
            for metric in Metric.all(at: [10, 20]) {
                let estimate = try #require(estimates[metric])
                #expect(estimate.value == outcome[metric])
                if case .coverage = metric {
                    #expect(estimate.interval == nil)
                } else {
                    let interval = try #require(estimate.interval)
                    #expect(interval.low <= estimate.value && estimate.value <= interval.high)
                }
            }
        }
        #expect(estimates[0][.ndcg(10)]?.difference == nil)
        let alike = try #require(estimates[1][.ndcg(10)]?.difference)
        let better = try #require(estimates[2][.ndcg(10)]?.difference)
        #expect(!alike.isClear && (alike.chance ?? 0) > 0.05)
        #expect(better.isClear && better.value > 0 && (better.chance ?? 1) < 0.01)
        // Both predict the same ratings, so no resample tells them apart.
        let same = try #require(estimates[1][.rootMeanSquaredError]?.difference)
        #expect(same.value == 0 && same.interval == Interval(low: 0, high: 0) && same.chance == 1)
    }

    @Test func theWidthIsThatOfTheNormalApproximation() throws {
        let outcome = try Self.outcomes()[0]
        let estimates = Comparison([outcome], baseline: nil, bootstrap: Bootstrap(resamples: 1000)).estimates
        let hitRate = try #require(estimates[0][.hitRate(10)])
        let interval = try #require(hitRate.interval)
        let standardError = (hitRate.value * (1 - hitRate.value) / Double(outcome.userCount)).squareRoot()
        #expect(abs((interval.high - interval.low) / (2 * 1.96 * standardError) - 1) < 0.08)
    }

    @Test func theSameSeedGivesTheSameIntervals() throws {
        let outcomes = try Self.outcomes()
        func estimates(_ seed: UInt64) -> [[Metric: MetricEstimate]] {
            Comparison(outcomes, baseline: 0, bootstrap: Bootstrap(resamples: 100, seed: seed)).estimates
        }
        #expect(estimates(1) == estimates(1))
        #expect(estimates(1) != estimates(2))
    }

    @Test func manyUsersAreDrawnInBlocks() {
        // One number per user, alternating: the standard error of the mean of n fair coins is 1 / (2 √n).
        let layout = MetricLayout(cutoffs: [10])
        let users = 4 * Bootstrap.mostUnits + 77
        var numbers = [Double](repeating: 0, count: users * layout.columns.count)
        var generator = SplitMix64(seed: 5)
        for user in 0..<users {
            numbers[user * layout.columns.count + layout[.users]] = 1
            numbers[user * layout.columns.count + layout[.numerator(.hitRate(10))]] = Double(generator.next(in: 0..<2))
        }
        let figures = UserFigures(layout: layout, numbers: numbers)
        let bootstrap = Bootstrap(resamples: 60)
        let values = bootstrap.sums(of: [figures])[0].compactMap { layout.ratio(of: .hitRate(10)).value(of: $0) }
        let mean = values.reduce(0, +) / 60
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
        #expect(abs(deviation * 2 * Double(users).squareRoot() - 1) < 0.35)
        #expect(abs(mean - 0.5) < 0.01)
    }
}
