import Evaluation
import Recommenders
import Testing

struct BlendTests {
    /// The definition in words of one syllable.
    static func standardized(_ scores: [Float], own: Set<UInt32>) -> [Double] {
        let others = scores.indices.filter { !own.contains(UInt32($0)) && scores[$0] > -.infinity }.map { Double(scores[$0]) }
        guard let lowest = others.min() else { return scores.map { _ in 0 } }
        let mean = others.reduce(0, +) / Double(others.count)
        let deviation = (others.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(others.count)).squareRoot()
        return scores.map { deviation > 0 ? (max(Double($0), lowest) - mean) / deviation : 0 }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>) func addsStandardisedScores(seed: UInt64) {
        let parts = (0..<3).map { HashScorer(itemCount: 70, seed: seed + $0, levels: 9) }
        let weights: [Float] = [0.5, 0, 2]
        let blend = BlendRecommender(parts: zip(parts, weights).map { ($0 as any ItemScorer, $1) })
        for row in 0..<30 as Range<UInt32> {
            let own = [row, row + 7, row + 30]
            let profile = Profile(items: own, codes: [1, 2, 3], row: row)
            var scores = [Float](repeating: .nan, count: 70)
            let isScored = scores.withUnsafeMutableBufferPointer { blend.answer(profile, into: $0) }
            #expect(isScored == !(parts[0].isSilent(on: row) && parts[2].isSilent(on: row)))
            guard isScored else { continue }
            var expected = [Double](repeating: 0, count: 70)
            var isKnown = [Bool](repeating: false, count: 70)
            for (part, weight) in zip(parts, weights) where weight > 0 && !part.isSilent(on: row) {
                let raw = (0..<70).map { part.score(of: $0, row: row) }
                for item in 0..<70 where raw[item] > -.infinity { isKnown[item] = true }
                for (item, score) in Self.standardized(raw, own: Set(own)).enumerated() {
                    expected[item] += Double(weight) * score
                }
            }
            for item in 0..<70 {
                if isKnown[item] {
                    #expect(abs(Double(scores[item]) - expected[item]) < 1e-5)
                } else {
                    #expect(scores[item] == -.infinity)
                }
            }
        }
    }

    @Test func givesNothingForScoresThatAreAllAlike() {
        struct Flat: ItemScorer {
            let itemCount = 5
            let value: Float
            func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
                scores.update(repeating: value)
                return true
            }
        }
        let profile = Profile(items: [1], codes: [1], row: 0)
        for value in [0, 0.1, 1e6] as [Float] {
            let blend = BlendRecommender(parts: [(Flat(value: value), 1)])
            var scores = [Float](repeating: .nan, count: 5)
            #expect(scores.withUnsafeMutableBufferPointer { blend.answer(profile, into: $0) })
            #expect(scores.allSatisfy { $0 == 0 })
        }
        let silent = BlendRecommender(parts: [(Flat(value: -.infinity), 1)])
        var scores = [Float](repeating: .nan, count: 5)
        #expect(!scores.withUnsafeMutableBufferPointer { silent.answer(profile, into: $0) })
    }

    /// Knows the held-out items of every user, and spoils what it knows.
    struct Oracle: ItemScorer {
        let itemCount: Int
        let heldOut: RatingLists
        let seed: UInt64
        /// How much the held-out items stand out of the noise.
        let signal: Float

        func score(_ profile: Profile, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
            let user = Int(profile.row ?? 0)
            var generator = SplitMix64(seed: seed &+ UInt64(user) &* 977)
            for item in 0..<itemCount {
                scores[item] = Float((0..<6).map { _ in Double(generator.next(in: 0..<1000)) / 1000 }.reduce(0, +))
            }
            for item in heldOut.items[heldOut.row(user)] { scores[Int(item)] += signal }
            return true
        }
    }

    @Test func findsTheBestWeights() throws {
        let validation = try Split.leaveLastOut(RatingMatrix.random(seed: 2, users: 160, items: 60)).validationSet()
        let heldOut = validation.set.heldOut
        // Two that know something, each with noise of its own, and one that knows nothing: the best sum takes both and leaves the
        // third.
        let scorers = [(1, 1.5), (2, 1.5), (3, 0)].map {
            Oracle(itemCount: 60, heldOut: heldOut, seed: UInt64($0.0), signal: Float($0.1))
        }
        let search = BlendSearch(scorers, on: validation, users: 160, candidates: 60)
        let outcome = search.run(restarts: 2)
        #expect(search.run(restarts: 2) == outcome)
        #expect(abs(outcome.weights.reduce(0, +) - 1) < 0.001)
        #expect(outcome.weights[0] > 0.25 && outcome.weights[1] > 0.25 && outcome.weights[2] < 0.15)
        #expect(outcome.singleValues.allSatisfy { $0 < outcome.value })
        let grid = stride(from: 0, through: 10, by: 2).flatMap { first in
            stride(from: 0, through: 10 - first, by: 2).map { [Float(first), Float($0), Float(10 - first - $0)] }
        }
        #expect(grid.allSatisfy { search.value(of: $0) <= outcome.value })
        // With all items as candidates, the value is the blend's.
        let blend = BlendRecommender(parts: zip(scorers, outcome.weights).map { ($0 as any ItemScorer, $1) })
        let evaluation = Evaluator(validation.set, scale: .halfStars).evaluate(Contender(name: "blend", scorer: blend))
        #expect(abs((evaluation[.ndcg(10)] ?? 0) - outcome.value) < 0.003)
    }

    @Test(arguments: [Metric.ndcg(10), .hitRate(5), .reciprocalRank])
    func aloneAnAlgorithmHasItsOwnValue(metric: Metric) throws {
        let validation = try Split.leaveLastOut(RatingMatrix.random(seed: 9, users: 150)).validationSet()
        let scorers = (1...2).map { HashScorer(itemCount: 45, seed: $0, levels: 50) }
        let search = BlendSearch(scorers, on: validation, metric: metric, candidates: 45, threads: 2)
        for (scorer, weights) in zip(scorers, [[1, 0], [0, 1]] as [[Float]]) {
            let outcome = Evaluator(validation.set, scale: .halfStars, cutoffs: [5, 10])
                .evaluate(Contender(name: "one", scorer: scorer))
            #expect(abs((outcome[metric] ?? 0) - search.value(of: weights)) < 1e-12)
        }
    }
}
