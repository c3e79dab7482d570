import Recommenders
import Testing

@testable import Training

@Suite struct GraphFilterTests {
    /// The filter from its definition, by source and target.
    private func naive(_ ratings: RatingMatrix, _ parameters: GraphFilterParameters) -> [[Double]] {
        let degrees = (0..<ratings.itemCount).map { Double(ratings.column($0).count) }
        var values = LinearSamples.table(ratings, opinion: parameters.opinion)
        for user in values.indices {
            let length = Double(max(ratings.row(user).count, 1))
            for item in values[user].indices where values[user][item] != 0 {
                values[user][item] /= (parameters.userDamping == 0 ? 1 : length.squareRoot()) * degrees[item].squareRoot()
            }
        }
        let (squares, vectors) = DenseAlgebra.eigen(LinearSamples.gram(ratings, values, .ignored))
        var filter = LinearSamples.gram(ratings, values, parameters.closeness).map { $0.map { $0 / squares[0] } }
        for (square, vector) in zip(squares, vectors).prefix(parameters.components) {
            let share = square / squares[0]
            let gain = parameters.lowPass - parameters.sharpening * share * (share + parameters.lowPass)
            for item in vector.indices {
                for other in vector.indices { filter[item][other] += gain * vector[item] * vector[other] }
            }
        }
        // Dampings of 0, ½ and 1 only.
        func factor(_ degree: Double, _ damping: Double) -> Double {
            damping == 0.5 || degree == 0 ? 1 : damping == 0 ? degree.squareRoot() : 1 / degree.squareRoot()
        }
        return filter.indices.map { source in
            filter.indices.map { target in
                source == target
                    ? 0
                    : filter[source][target] * factor(degrees[source], parameters.sourceDamping)
                        * factor(degrees[target], parameters.targetDamping)
            }
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>) func agreesWithTheObviousWay(seed: UInt64) throws {
        let (users, items) = [(30, 18), (14, 22)][Int(seed % 2)]
        let ratings = LinearSamples.ratings(users: users, items: items, density: 0.4, hasTimes: seed % 4 < 2, seed: seed)
        let parameters = GraphFilterParameters(
            components: 5, lowPass: 0.3, sharpening: 0.4, userDamping: seed % 3 == 0 ? 0 : 1,
            sourceDamping: [0, 0.5, 1][Int(seed % 3)], targetDamping: [0.5, 1, 0][Int(seed % 3)], opinion: Opinion(lowest: 0.5),
            closeness: Closeness(halfLife: 2, reach: 5), weightsPerItem: 100)
        let expected = naive(ratings, parameters)
        var models: [ItemWeights] = []
        for threads in [1, 3] {
            models.append(try GraphFilter(parameters: parameters, threads: threads).train(ratings, scale: .halfStars))
        }
        let found = LinearSamples.table(models[0])
        for source in 0..<items {
            for target in 0..<items { #expect(abs(found[source][target] - expected[source][target]) < 1e-5) }
        }
        #expect(models[0] == models[1])
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func findsTheSingularValues(seed: UInt64) {
        let ratings = LinearSamples.ratings(users: 60, items: 45, density: 0.3, hasTimes: false, seed: seed)
        let pairs = CoOccurrences(ratings, scale: .halfStars)
        let found = TruncatedSVD(components: 10, seed: seed)
            .decompose(pairs, itemScales: [Float](repeating: 1, count: pairs.itemCount))
        let exact = DenseAlgebra.eigen(
            LinearSamples.gram(ratings, LinearSamples.table(ratings, opinion: .ignored), .ignored))
        for (value, square) in zip(found.values, exact.values) {
            #expect(abs(Double(value) - square.squareRoot()) < 1e-3 * square.squareRoot())
        }
        // Orthonormal.
        for left in 0..<10 {
            for right in 0..<10 {
                let product = (0..<pairs.itemCount).reduce(Float(0)) {
                    $0 + found.vectors[$1 * 10 + left] * found.vectors[$1 * 10 + right]
                }
                #expect(abs(product - (left == right ? 1 : 0)) < 1e-5)
            }
        }
    }

    @Test func refusesWhatDoesNotFit() {
        let ratings = LinearSamples.ratings(users: 40, items: 30, density: 0.2, hasTimes: true, seed: 7)
        let filter = GraphFilter(memory: MemoryBudget(bytes: 1000))
        let error = #expect(throws: TrainingError.self) { try filter.train(ratings, scale: .halfStars) }
        #expect(error?.code == .tooLittleMemory)
        #expect(error?.message.hasPrefix("\(ratings.ratingCount) ratings × 20 bytes + ") == true)
    }
}
