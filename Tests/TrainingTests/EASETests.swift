import Recommenders
import Testing

@testable import Training

@Suite struct EASETests {
    private func parameters(
        items: Int = 100, regularization: Double = 3, opinion: Opinion = Opinion(lowest: 0.4), closeness: Closeness = .ignored,
        weightsPerItem: Int = 100
    ) -> EASEParameters {
        EASEParameters(
            items: items, regularization: regularization, opinion: opinion, closeness: closeness, weightsPerItem: weightsPerItem)
    }

    /// B = I - P diag(1 / diag P), by source and target.
    private func naive(_ ratings: RatingMatrix, _ parameters: EASEParameters) -> [[Double]] {
        var gram = LinearSamples.gram(
            ratings, LinearSamples.table(ratings, opinion: parameters.opinion), parameters.closeness)
        for item in gram.indices { gram[item][item] += parameters.regularization }
        let inverse = DenseAlgebra.inverse(gram)
        return gram.indices.map { source in
            gram.indices.map { source == $0 ? 0 : -inverse[source][$0] / inverse[$0][$0] }
        }
    }

    /// More items than users without times is solved by users, all else by items.
    @Test(
        arguments: [(30, 20, true), (12, 25, true), (30, 20, false), (12, 25, false), (1, 3, false), (60, 5, false)],
        0..<4 as Range<UInt64>)
    func agreesWithTheObviousWay(shape: (users: Int, items: Int, hasTimes: Bool), seed: UInt64) throws {
        let ratings = LinearSamples.ratings(
            users: shape.users, items: shape.items, density: 0.4, hasTimes: shape.hasTimes, seed: seed)
        guard ratings.ratingCount > 0 else { return }
        let parameters = parameters(closeness: seed % 2 == 0 ? Closeness(halfLife: 2, reach: 5) : .ignored)
        let expected = naive(ratings, parameters)
        for threads in [1, 3] {
            let weights = try EASE(parameters: parameters, threads: threads).train(ratings, scale: .halfStars).weights
            let found = LinearSamples.table(weights)
            for source in 0..<shape.items {
                for target in 0..<shape.items where weights.covered[target] != 0 && weights.covered[source] != 0 {
                    #expect(abs(found[source][target] - expected[source][target]) < 1e-5)
                }
                #expect((weights.covered[source] != 0) == !ratings.column(source).isEmpty)
            }
        }
    }

    @Test func keepsTheLargestWeightsOfEveryItem() throws {
        let ratings = LinearSamples.ratings(users: 40, items: 20, density: 0.4, hasTimes: true, seed: 5)
        let all = LinearSamples.table(try EASE(parameters: parameters()).train(ratings, scale: .halfStars).weights)
        let few = LinearSamples.table(
            try EASE(parameters: parameters(weightsPerItem: 4)).train(ratings, scale: .halfStars).weights)
        for target in 0..<20 {
            let largest = (0..<20).sorted { abs(all[$0][target]) > abs(all[$1][target]) }.prefix(4)
            for source in 0..<20 { #expect(few[source][target] == (largest.contains(source) ? all[source][target] : 0)) }
        }
    }

    @Test func coversTheMostRatedOnly() throws {
        let ratings = LinearSamples.ratings(users: 40, items: 20, density: 0.4, hasTimes: false, seed: 6)
        let weights = try EASE(parameters: parameters(items: 7)).train(ratings, scale: .halfStars).weights
        let most = (0..<20).sorted { (ratings.column($0).count, $1) > (ratings.column($1).count, $0) }.prefix(7)
        #expect((0..<20).filter { weights.covered[$0] != 0 } == most.sorted())
        #expect(weights.items.allSatisfy { most.contains(Int($0)) })
    }

    @Test func refusesWhatDoesNotFit() throws {
        let ratings = LinearSamples.ratings(users: 400, items: 300, density: 0.2, hasTimes: true, seed: 7)
        let ease = EASE(parameters: parameters(items: 300), memory: MemoryBudget(bytes: 1 << 20))
        let error = #expect(throws: TrainingError.self) { try ease.train(ratings, scale: .halfStars) }
        #expect(error?.code == .tooLittleMemory)
        #expect(error?.message.hasPrefix("300 items need 300² × 4 bytes + ") == true)
        #expect(error?.message.contains("1.0 MiB are allowed") == true)
    }

    @Test func namesTheSizeThatFits() throws {
        let budget = MemoryBudget(bytes: 1000 + 4 * 50 * 50)
        try budget.checkSquare(50, other: 1000, of: "items")
        let error = #expect(throws: TrainingError.self) { try budget.checkSquare(51, other: 1000, of: "items") }
        #expect(error?.message.hasSuffix("; 50 items would fit") == true)
    }

    @Test func saysWhenThereIsNoSolution() {
        let ratings = RatingMatrix(itemCount: 2, rowStarts: [0, 2, 4], items: [0, 1, 0, 1], rowCodes: [10, 10, 10, 10])
        for regularization in [0, -1, Double.nan] {
            let error = #expect(throws: TrainingError.self) {
                try EASE(parameters: parameters(regularization: regularization)).train(ratings, scale: .halfStars)
            }
            #expect(error?.code == .unsolvable)
        }
        var indefinite: [Float] = [1, 2, 2, 1]
        indefinite.withUnsafeMutableBufferPointer { buffer in
            let matrix = SymmetricMatrix(buffer, size: 2)
            #expect(throws: TrainingError.singular) { try matrix.invert(threads: 1) }
        }
        let empty = RatingMatrix(itemCount: 2, rowStarts: [0, 0], items: [], rowCodes: [])
        #expect(throws: TrainingError(.nothingToLearn, "there is no item to cover that has a rating")) {
            try EASE(parameters: parameters()).train(empty, scale: .halfStars)
        }
    }

    @Test func losesNothingWhereAllWeightsAreKept() throws {
        let ratings = LinearSamples.ratings(users: 200, items: 60, density: 0.4, hasTimes: true, seed: 8)
        let all = try EASE(parameters: parameters()).train(ratings, scale: .halfStars).sparsification
        #expect(all.users == ratings.ratingCount / 1000 && all.denseNDCG == all.sparseNDCG)
        let one = try EASE(parameters: parameters(weightsPerItem: 1)).train(ratings, scale: .halfStars).sparsification
        #expect(one.denseNDCG == all.denseNDCG && one.sparseNDCG != one.denseNDCG)
    }
}
