import Evaluation
import Recommenders
import Synchronization
import Testing

struct EvaluatorTests {
    static func sets(seed: UInt64) throws -> [EvaluationSet] {
        let ratings = RatingMatrix.random(seed: seed)
        return [
            try Split.leaveLastOut(ratings).testSet(),
            try Split.leaveOneOut(ratings, seed: seed).testSet(validation: .masked),
            try Split.temporal(ratings, heldOutShare: 0.4).testSet(validation: .candidates),
            try Split.temporal(ratings, heldOutShare: 0.4).testSet(validation: .masked),
        ]
    }

    static func contender(_ set: EvaluationSet, seed: UInt64 = 1, levels: Int = 6) -> Contender {
        Contender(
            name: "hash \(seed)", scorer: HashScorer(itemCount: set.training.itemCount, seed: seed, levels: levels),
            predictor: HashPredictor())
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>) func equalsTheDefinitions(seed: UInt64) throws {
        for set in try Self.sets(seed: seed) {
            for levels in [1, 6, 1_000_000] {
                let evaluator = Evaluator(set, scale: .halfStars, cutoffs: [7, 1, 40])
                let scorer = HashScorer(itemCount: set.training.itemCount, seed: seed, levels: levels)
                let outcome = evaluator.evaluate(Contender(name: "hash", scorer: scorer, predictor: HashPredictor()))
                let naive = NaiveEvaluation(set: set, scorer: scorer, predictor: HashPredictor())
                for metric in Metric.all(at: [1, 7, 40]) {
                    let (value, expected) = (outcome[metric], naive.value(metric))
                    #expect((value == nil) == (expected == nil), "\(metric)")
                    #expect(abs((value ?? 0) - (expected ?? 0)) < 1e-12, "\(metric)")
                }
                #expect(outcome.unansweredUsers == set.users.count { scorer.isSilent(on: UInt32($0)) })
            }
        }
    }

    @Test func doesNotDependOnTheNumberOfThreads() throws {
        let ratings = RatingMatrix.random(seed: 3, users: 300, items: 60)
        let evaluator = Evaluator(try Split.leaveLastOut(ratings).testSet(), scale: .halfStars)
        let contender = Self.contender(evaluator.set)
        let alone = evaluator.evaluate(contender, threads: 1)
        for threads in 2...5 {
            let together = evaluator.evaluate(contender, threads: threads)
            for metric in Metric.all(at: evaluator.cutoffs) { #expect(together[metric] == alone[metric], "\(metric)") }
        }
    }

    @Test func countsAnItemThatIsNotRecommendedAsAMissBehindAll() throws {
        let set = EvaluationSet(
            training: RatingMatrix(itemCount: 3, rowStarts: [0, 1], items: [0], rowCodes: [1]),
            heldOut: try Split.asGiven(training: [[0]], test: [[2]], itemCount: 3).testSet().heldOut)
        struct Silence: ItemScorer {
            let itemCount = 3
            func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
                scores.update(repeating: -.infinity)
                return true
            }
        }
        let outcome = Evaluator(set, scale: .halfStars).evaluate(Contender(name: "silence", scorer: Silence()))
        #expect(outcome[.hitRate(10)] == 0)
        #expect(outcome[.reciprocalRank] == 0)
        #expect(outcome[.coverage(10)] == 0)
        #expect(outcome[.novelty(10)] == nil)
        #expect(outcome[.rootMeanSquaredError] == nil)
    }

    @Test func takesTheDiversityOfASampleThatTheSeedDraws() throws {
        let set = try Split.leaveLastOut(RatingMatrix.random(seed: 8, users: 300)).testSet()
        func diversity(seed: UInt64, users: Int) -> Double? {
            Evaluator(set, scale: .halfStars, diversityUsers: users, seed: seed).evaluate(Self.contender(set))[.diversity(10)]
        }
        #expect(diversity(seed: 1, users: 20) == diversity(seed: 1, users: 20))
        #expect(diversity(seed: 1, users: 20) != diversity(seed: 2, users: 20))
        #expect(diversity(seed: 1, users: 300) == diversity(seed: 2, users: 300))
        #expect(diversity(seed: 1, users: 0) == nil)
    }

    @Test func tellsHowFarItIs() throws {
        let set = try Split.leaveLastOut(RatingMatrix.random(seed: 5, users: 400)).testSet()
        let shares = Mutex<[Double]>([])
        _ = Evaluator(set, scale: .halfStars).evaluate(Self.contender(set)) { share in shares.withLock { $0.append(share) } }
        #expect(shares.withLock { $0.max() } == 1)
        #expect(shares.withLock { $0.allSatisfy { $0 > 0 && $0 <= 1 } })
    }
}
