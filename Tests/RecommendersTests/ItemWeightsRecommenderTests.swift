import Testing

@testable import Recommenders

@Suite struct ItemWeightsRecommenderTests {
    /// A random model in two forms: that under test, and a dense table by [source][target].
    private struct Model {
        let weights: ItemWeights
        let table: [[Float]]
        let covered: [Bool]
        let profile: Profile

        init(seed: UInt64) {
            var generator = SeededGenerator(seed)
            let itemCount = Int.random(in: 1..<40, using: &generator)
            let covered = (0..<itemCount).map { _ in Bool.random(using: &generator) }
            var table = [[Float]](repeating: .init(repeating: 0, count: itemCount), count: itemCount)
            var starts = [0]
            var items: [UInt32] = []
            for source in 0..<itemCount {
                let targets = (0..<itemCount).filter { $0 != source && covered[$0] && covered[source] }
                for target in targets.shuffled(using: &generator).prefix(Int.random(in: 0..<20, using: &generator)) {
                    table[source][target] = Float.random(in: -1...1, using: &generator)
                    items.append(UInt32(target))
                }
                starts.append(items.count)
            }
            let weights = (0..<itemCount).flatMap { source in
                items[starts[source]..<starts[source + 1]].map { table[source][Int($0)] }
            }
            self.weights = ItemWeights(
                starts: FlatArray(starts), items: FlatArray(items), weights: FlatArray(weights),
                covered: FlatArray(covered.map { $0 ? 1 : 0 }))
            self.table = table
            self.covered = covered
            let rated = (0..<UInt32(itemCount)).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            profile = Profile(
                items: rated, codes: rated.map { _ in UInt8.random(in: 1...10, using: &generator) },
                times: rated.map { _ in UInt32.random(in: 0..<30, using: &generator) })
        }

        func recommender(halfLife: Double?, lowest: Double) -> ItemWeightsRecommender {
            ItemWeightsRecommender(
                weights: weights, scale: .halfStars, recency: Recency(halfLife: halfLife), opinion: Opinion(lowest: lowest))
        }

        /// What the profile's rating at each place says for `target`, straight from the definitions.
        func contributions(to target: Int, halfLife: Double?, lowest: Double) -> [Float] {
            profile.items.indices.map { place in
                let later = profile.times.filter { $0 > profile.times[place] }.count
                let recency = halfLife.map { 1 / (1 + Double(later) / $0) } ?? 1
                let opinion = lowest + (1 - lowest) * Double(profile.codes[place] - 1) / 9
                return Float(recency * opinion) * table[Int(profile.items[place])][target]
            }
        }
    }

    private func scores(_ recommender: ItemWeightsRecommender, _ profile: Profile) -> [Float]? {
        var spoke = false
        let scores = [Float](unsafeUninitializedCapacity: recommender.itemCount) { buffer, count in
            buffer.initialize(repeating: .nan)
            spoke = recommender.answer(profile, into: buffer)
            count = recommender.itemCount
        }
        return spoke ? scores : nil
    }

    @Test(arguments: 0..<60 as Range<UInt64>) func agreesWithTheObviousWay(seed: UInt64) throws {
        let model = Model(seed: seed)
        let (halfLife, lowest) = ([nil, 1, 5] as [Double?])[Int(seed % 3)].map { ($0, 0.25) } ?? (nil, 1)
        let recommender = model.recommender(halfLife: halfLife, lowest: lowest)
        let isSilent = model.profile.items.allSatisfy { model.weights.row(Int($0)).isEmpty }
        let found = scores(recommender, model.profile)
        #expect((found == nil) == isSilent)
        guard let found else {
            #expect(try recommender.best(5, for: model.profile, filter: nil).isEmpty)
            return
        }
        var expected: [Float] = []
        for target in model.covered.indices {
            let contributions = model.contributions(to: target, halfLife: halfLife, lowest: lowest)
            expected.append(model.covered[target] ? contributions.reduce(0, +) : -.infinity)
            #expect(abs(found[target] - expected[target]) < 1e-5 || found[target] == expected[target])
            let offered = recommender.contributions(to: UInt32(target), in: model.profile)
            #expect(zip(offered, contributions).allSatisfy { abs($0 - $1) < 1e-6 })
        }

        var filter = ItemFilter(itemCount: expected.count)
        for item in stride(from: 0, to: UInt32(expected.count), by: 2) { filter.admit(item) }
        for filter in [nil, filter] {
            let candidates = (0..<UInt32(expected.count))
                .filter { found[Int($0)] > 0 && !model.profile.items.contains($0) && filter?.admits($0) ?? true }
                .sorted { (found[Int($0)], $1) > (found[Int($1)], $0) }
            let best = try recommender.best(5, for: model.profile, filter: filter)
            #expect(best.map(\.element) == Array(candidates.prefix(5)))
            #expect(best.allSatisfy { $0.score == found[Int($0.element)] })
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>) func namesTheStrongestReasons(seed: UInt64) throws {
        let model = Model(seed: seed)
        let recommender = model.recommender(halfLife: 3, lowest: 0.5)
        let targets = Array((0..<UInt32(model.covered.count)).reversed())
        let mean = Double(model.profile.codes.reduce(0) { $0 + Int($1) }) / Double(max(model.profile.codes.count, 1))
        let expected = targets.map { target in
            let contributions = recommender.contributions(to: target, in: model.profile)
            return Array(
                contributions.indices.filter { contributions[$0] > 0 }.sorted { left, right in
                    let isLeftWell = Double(model.profile.codes[left]) >= mean
                    let isRightWell = Double(model.profile.codes[right]) >= mean
                    guard isLeftWell == isRightWell else { return isLeftWell }
                    return (contributions[left], right) > (contributions[right], left)
                }.prefix(2))
        }
        #expect(try recommender.reasons(2, for: targets, in: model.profile) == expected)
    }

    @Test func weighsOpinionsEvenlyOverTheScale() throws {
        #expect(Opinion(lowest: 0.1).weights(on: .halfStars)[1...].map { ($0 * 10).rounded() } == Array(1...10).map { Float($0) })
        #expect(Opinion.ignored.weights(on: .halfStars).allSatisfy { $0 == 1 })
        if let single = RatingScale(minimum: 1, maximum: 1, step: 1) {
            #expect(Opinion(lowest: 0).weights(on: single)[1] == 1)
        } else {
            Issue.record("a scale of one place")
        }
    }
}
