import Recommenders
import Synchronization
import Testing

@testable import Training

@Suite struct ImplicitALSTests {
    private let parameters = ImplicitALSParameters(
        dimensions: 8, iterations: 3, unobservedWeight: 0.2, regularization: 0.05, regularizationExponent: 0.7)

    @Test(arguments: [0.0, 0.7, 1]) func halfSweepSolvesTheNormalEquations(exponent: Double) {
        var parameters = parameters
        parameters.regularizationExponent = exponent
        // One user has rated so much that the factors are gathered in two parts, some have rated nothing.
        let ratings = Self.ratings(users: 40, items: 300, longest: 290, seed: 1)
        let items = FactorTable(random: 300, dimensions: 8, length: 1, seed: 2, threads: 1)
        let step = HalfSweep(
            starts: ratings.rowStarts, indices: ratings.items, parameters: parameters, possible: 300, threads: 2)
        let users = step.solve(other: items)
        #expect(ratings.row(39).count > 256)
        for user in 0..<40 {
            let expected = Self.solved(Array(ratings.items[ratings.row(user)]), items, parameters)
            for factor in 0..<8 { #expect(abs(Double(users.values[user * 8 + factor]) - expected[factor]) < 1e-4) }
        }
    }

    @Test func everySweepLowersTheLoss() {
        let ratings = Self.ratings(users: 60, items: 40, longest: 30, seed: 3)
        var parameters = parameters
        let losses = (0...4).map { iterations in
            parameters.iterations = iterations
            let factors = ImplicitALS(parameters: parameters, threads: 1).train(ratings)
            return Self.loss(of: factors, ratings, parameters)
        }
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
        #expect(losses[4] < 0.9 * losses[0])
    }

    @Test func outcomeDoesNotDependOnThreads() {
        let ratings = Self.ratings(users: 500, items: 90, longest: 60, seed: 4)
        for sampleSize in [100, 10_000] {
            let outcomes = [1, 2, 5].map { threads in
                var training = ImplicitALS(parameters: parameters, threads: threads)
                training.sampleSize = sampleSize
                return training.train(ratings)
            }
            #expect(outcomes[0] == outcomes[1] && outcomes[0] == outcomes[2])
        }
    }

    @Test func foldInOfARowIsItsSolution() throws {
        let ratings = Self.ratings(users: 50, items: 70, longest: 60, seed: 5)
        var parameters = parameters
        parameters.recency = .none
        parameters.opinion = .ignored
        let factors = ImplicitALS(parameters: parameters).train(ratings)
        let recommender = ImplicitALSRecommender(factors: factors, parameters: parameters, scale: .halfStars)
        let table = Self.table(factors)
        for user in 1..<50 {
            let user = ratings.profile(of: user)
            let solution = Self.solved(user.items, table, parameters)
            var scores = [Float](repeating: 0, count: 70)
            let isKnown = scores.withUnsafeMutableBufferPointer { recommender.answer(user, into: $0) }
            #expect(isKnown)
            for item in factors.items.map(Int.init) {
                let expected = (0..<8).reduce(0) { $0 + solution[$1] * Double(table.values[item * 8 + $1]) }
                #expect(abs(Double(scores[item]) - expected) < 1e-4)
            }
        }
    }

    @Test func sampleOfUsersTrainsAllItems() {
        let ratings = Self.ratings(users: 600, items: 50, longest: 30, seed: 6)
        var training = ImplicitALS(parameters: parameters)
        training.parameters.iterations = 5
        let full = training.train(ratings)
        training.sampleSize = 100
        let shares = Mutex<[Double]>([])
        let sampled = training.train(ratings) { share in shares.withLock { $0.append(share) } }
        #expect(sampled != full)
        #expect(Set(sampled.items) == Set(full.items))
        let (loss, other) = (Self.loss(of: full, ratings, parameters), Self.loss(of: sampled, ratings, parameters))
        #expect(abs(loss - other) < 0.02 * loss)
        shares.withLock { shares in
            #expect(shares.count == 10 && zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 })
            #expect(abs((shares.last ?? 0) - 1) < 1e-9)
        }
    }

    @Test func rotationKeepsProductsAndSortsAxes() {
        let table = FactorTable(random: 30, dimensions: 16, length: 1, seed: 7, threads: 1)
        let rotated = table.rotatedToPrincipalAxes(threads: 1)
        func product(_ values: some RandomAccessCollection<Float>, _ left: Int, _ right: Int) -> Double {
            let values = Array(values)
            return (0..<16).reduce(0) { $0 + Double(values[left * 16 + $1]) * Double(values[right * 16 + $1]) }
        }
        for (left, right) in [(0, 1), (2, 2), (29, 5)] {
            #expect(abs(product(table.values, left, right) - product(rotated, left, right)) < 1e-5)
        }
        let squares = (0..<16).map { axis in (0..<30).reduce(0) { $0 + rotated[$1 * 16 + axis] * rotated[$1 * 16 + axis] } }
        #expect(zip(squares, squares.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func withoutRatingsThereAreNoFactors() {
        let empty = RatingMatrix(itemCount: 3, rowStarts: [0, 0], items: [], rowCodes: [])
        #expect(ImplicitALS(parameters: parameters).train(empty).items.isEmpty)
        let none = RatingMatrix(itemCount: 0, rowStarts: [0], items: [], rowCodes: [])
        #expect(ImplicitALS(parameters: parameters).train(none).items.isEmpty)
    }

    @Test func dimensionsAreRoundedUp() {
        var parameters = parameters
        parameters.dimensions = 9
        #expect(ImplicitALS(parameters: parameters).train(Self.ratings(users: 9, items: 9, longest: 9, seed: 8)).dimensions == 16)
    }
}

extension ImplicitALSTests {
    /// The first user has rated nothing, the last one `longest` items; items come in groups that the same users like.
    private static func ratings(users: Int, items: Int, longest: Int, seed: UInt64) -> RatingMatrix {
        var generator = SplitMix64(seed: seed)
        var starts = [0]
        var all: [UInt32] = []
        for user in 0..<users {
            let count = user == 0 ? 0 : user == users - 1 ? longest : 1 + generator.next(in: 0..<longest / 2)
            var row: Set<UInt32> = []
            while row.count < count {
                let item = generator.next(in: 0..<items)
                if item % 3 == user % 3 || generator.next(in: 0..<4) == 0 || count == longest { row.insert(UInt32(item)) }
            }
            all += row.sorted()
            starts.append(all.count)
        }
        return RatingMatrix(itemCount: items, rowStarts: starts, items: all, rowCodes: all.map { _ in 1 })
    }

    /// A row's factors from the other side's, in double precision by Gaussian elimination.
    private static func solved(_ items: [UInt32], _ table: FactorTable, _ parameters: ImplicitALSParameters) -> [Double] {
        let dimensions = table.dimensions
        func vector(_ item: Int) -> [Double] { (0..<dimensions).map { Double(table.values[item * dimensions + $0]) } }
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: dimensions + 1), count: dimensions)
        func add(_ vector: [Double], _ weight: Double) {
            for row in 0..<dimensions {
                for column in 0..<dimensions { matrix[row][column] += weight * vector[row] * vector[column] }
            }
        }
        for item in 0..<table.count { add(vector(item), parameters.unobservedWeight) }
        for item in items {
            add(vector(Int(item)), 1)
            for row in 0..<dimensions { matrix[row][dimensions] += vector(Int(item))[row] }
        }
        let rated = (0..<table.count).count { vector($0).contains { $0 != 0 } }
        for row in 0..<dimensions { matrix[row][row] += parameters.penalty(ratings: items.count, possible: rated) }
        for pivot in 0..<dimensions {
            for row in 0..<dimensions where row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in 0...dimensions { matrix[row][column] -= factor * matrix[pivot][column] }
            }
        }
        return (0..<dimensions).map { matrix[$0][dimensions] / matrix[$0][$0] }
    }

    /// Row by row again, zeros where an item has no factors.
    private static func table(_ factors: ItemFactors) -> FactorTable {
        let dimensions = factors.dimensions
        let values = Mutex([Float](repeating: 0, count: factors.itemCount * dimensions))
        for (place, item) in factors.items.enumerated() {
            for factor in 0..<dimensions {
                let source = place / 8 * 8 * dimensions + factor * 8 + place % 8
                values.withLock { $0[Int(item) * dimensions + factor] = factors.factors[source] }
            }
        }
        let rows = values.withLock { $0 }
        return FactorTable(count: factors.itemCount, dimensions: dimensions, stride: 1 << 30, threads: 1) { range, memory in
            for place in range.lowerBound * dimensions..<range.upperBound * dimensions { memory[place] = rows[place] }
        }
    }

    /// What training makes small, with the users' best factors.
    private static func loss(of factors: ItemFactors, _ ratings: RatingMatrix, _ parameters: ImplicitALSParameters) -> Double {
        let table = table(factors)
        let dimensions = factors.dimensions
        let users = (0..<ratings.userCount).map { solved(Array(ratings.items[ratings.row($0)]), table, parameters) }
        var loss = 0.0
        for (user, vector) in users.enumerated() {
            let row = Set(ratings.items[ratings.row(user)])
            for item in 0..<ratings.itemCount {
                let score = (0..<dimensions).reduce(0) { $0 + vector[$1] * Double(table.values[item * dimensions + $1]) }
                loss += parameters.unobservedWeight * score * score
                if row.contains(UInt32(item)) { loss += (score - 1) * (score - 1) }
            }
            let penalty = parameters.penalty(ratings: row.count, possible: factors.items.count)
            loss += penalty * vector.reduce(0) { $0 + $1 * $1 }
        }
        let active = (0..<ratings.userCount).count { !ratings.row($0).isEmpty }
        for item in 0..<ratings.itemCount {
            let penalty = parameters.penalty(ratings: ratings.column(item).count, possible: active)
            for factor in 0..<dimensions {
                let value = Double(table.values[item * dimensions + factor])
                loss += penalty * value * value
            }
        }
        return loss
    }
}
