/// What a trained item's factors were solved from, as far as that can be told without the users' factors, which a model does not keep.
///
/// An item's factors v solve A v = Σ x over its raters x, with A = `unobservedWeight` · Σ over all users of x xᵀ + Σ over its raters of x xᵀ
/// + penalty · I. A sample of users is given factors anew; the sum over all is taken to be as many times its own as there are users,
/// and an item's raters to be like those of any rating.
struct FactorPrior: Sendable {
    let parameters: ImplicitALSParameters
    let dimensions: Int
    /// How many users rated anything, in training and by now.
    private let trainedUserCount: Int
    private var userCount: Int
    /// `unobservedWeight` · Σ over all users of x xᵀ, in training and by now.
    private let trainedUnobserved: [Float]
    private var unobserved: [Float]
    /// The mean of x xᵀ over all ratings.
    let rater: FlatArray<Float>

    /// Users that are given factors.
    private static let sampleSize = 2000

    /// - Complexity: that of `sampleSize` users' factors.
    init(_ model: ImplicitALSRecommender, ratings: RatingMatrix, threads: Int = Parallel.threads) {
        parameters = model.parameters
        let dimensions = model.factors.dimensions
        self.dimensions = dimensions
        let users = (0..<ratings.userCount).filter { !ratings.row($0).isEmpty }
        trainedUserCount = users.count
        userCount = users.count
        let step = max(1, users.count / Self.sampleSize)
        let sample = stride(from: 0, to: users.count, by: step).map { users[$0] }
        let vectors = Parallel.map(sample.count, threads: threads) { number in
            model.factors(ofRater: ratings.profile(of: sample[number])) ?? []
        }
        var all = [Double](repeating: 0, count: dimensions * dimensions)
        var rater = all
        var ratingCount = 0.0
        for (user, vector) in zip(sample, vectors) where !vector.isEmpty {
            let weight = Double(ratings.row(user).count)
            ratingCount += weight
            for row in 0..<dimensions {
                for column in row..<dimensions {
                    let product = Double(vector[row]) * Double(vector[column])
                    all[row * dimensions + column] += product
                    rater[row * dimensions + column] += weight * product
                }
            }
        }
        let scale = parameters.unobservedWeight * Double(users.count) / Double(max(sample.count, 1))
        trainedUnobserved = Self.mirrored(all, dimensions).map { Float($0 * scale) }
        unobserved = trainedUnobserved
        self.rater = FlatArray(Self.mirrored(rater, dimensions).map { Float($0 / max(ratingCount, 1)) })
    }

    /// With users who rated nothing before.
    ///
    /// - Parameter vectors: their factors.
    func adding(_ vectors: [[Float]]) -> FactorPrior {
        var sums = unobserved.map { Double($0) }
        for vector in vectors {
            for row in 0..<dimensions {
                let factor = parameters.unobservedWeight * Double(vector[row])
                for column in 0..<dimensions { sums[row * dimensions + column] += factor * Double(vector[column]) }
            }
        }
        var copy = self
        copy.userCount += vectors.count
        copy.unobserved = sums.map { Float($0) }
        return copy
    }

    /// What is right of the diagonal, left of it too.
    private static func mirrored(_ matrix: [Double], _ dimensions: Int) -> [Double] {
        matrix.indices.map { place in
            let (row, column) = place.quotientAndRemainder(dividingBy: dimensions)
            return matrix[min(row, column) * dimensions + max(row, column)]
        }
    }

    /// The factors of an item with ratings beyond those that it was trained with.
    ///
    /// - Parameters:
    ///   - trained: its factors; nil when it had no ratings.
    ///   - count: the ratings it was trained with.
    ///   - raters: the factors of who rated it since, one after the other.
    /// - Returns: nil when there is nothing to go by, or they cannot be solved for.
    func solve(trained: [Float]?, count: Int, raters: [Float]) -> [Float]? {
        let newCount = raters.count / dimensions
        guard trained != nil || newCount > 0 else { return nil }
        var vector = [Float](repeating: 0, count: dimensions)
        if let trained {
            // What the trained factors were about the solution for.
            let penalty = Float(parameters.penalty(ratings: count, possible: trainedUserCount))
            for row in 0..<dimensions {
                var sum = penalty * trained[row]
                for column in 0..<dimensions {
                    let place = row * dimensions + column
                    sum += (trainedUnobserved[place] + Float(count) * rater[place]) * trained[column]
                }
                vector[row] = sum
            }
        }
        var matrix = unobserved
        for place in matrix.indices { matrix[place] += Float(count) * rater[place] }
        for rater in 0..<newCount {
            for factor in 0..<dimensions { vector[factor] += raters[rater * dimensions + factor] }
        }
        var system = SymmetricSystem(dimensions: dimensions, matrix: FlatArray(matrix), scale: 1)
        do {
            try raters.withUnsafeBufferPointer { raters throws(CancellationError) in try system.add(raters) }
            system.addToDiagonal(Float(parameters.penalty(ratings: count + newCount, possible: userCount)))
            guard let factor = try system.factorized() else { return nil }
            factor.solve(&vector)
        } catch {
            return nil
        }
        return vector.allSatisfy { abs($0) <= ItemFactors.limit } ? vector : nil
    }
}

extension ImplicitALSRecommender {
    /// As in training, where all ratings count alike.
    func factors(ofRater profile: Profile) -> [Float]? {
        try? foldIn(profile, weights: [Float](repeating: 1, count: profile.items.count))?.user
    }
}
