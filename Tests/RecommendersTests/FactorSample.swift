@testable import Recommenders

/// Random factors, and what is computed from them the obvious way.
struct FactorSample {
    let itemCount: Int
    let dimensions: Int
    /// By item.
    let rows: [Float]
    let ratedItems: [UInt32]
    let parameters: ImplicitALSParameters

    /// The factors get smaller from the first to the last, as after a rotation to the principal axes.
    init(seed: UInt64, items: Int, dimensions: Int, unrated: Set<UInt32> = []) {
        var generator = SeededGenerator(seed)
        itemCount = items
        self.dimensions = dimensions
        ratedItems = (0..<UInt32(items)).filter { !unrated.contains($0) }
        rows = (0..<items * dimensions).map { Float.random(in: -1...1, using: &generator) / Float(1 + $0 % dimensions) }
        parameters = ImplicitALSParameters(
            dimensions: dimensions, unobservedWeight: 0.2, regularization: 0.01, regularizationExponent: 0.8, recency: .none,
            opinion: .ignored)
    }

    var factors: ItemFactors {
        ItemFactors(itemCount: itemCount, dimensions: dimensions, rows: rows, ratedItems: ratedItems)
    }

    func recommender(recency: Recency = .none, opinion: Opinion = .ignored) -> ImplicitALSRecommender {
        var parameters = parameters
        parameters.recency = recency
        parameters.opinion = opinion
        return ImplicitALSRecommender(factors: factors, parameters: parameters, scale: .halfStars)
    }

    func profile(size: Int, seed: UInt64) -> Profile {
        var generator = SeededGenerator(seed)
        let items = ratedItems.shuffled(using: &generator).prefix(size).sorted()
        return Profile(
            items: items, codes: items.map { _ in UInt8.random(in: 1...10, using: &generator) },
            times: items.map { _ in UInt32.random(in: 1...20, using: &generator) })
    }

    func filter(every step: Int) -> ItemFilter {
        var filter = ItemFilter(itemCount: itemCount)
        for item in stride(from: 0, to: itemCount, by: step) { filter.admit(UInt32(item)) }
        return filter
    }

    func scores(_ recommender: ImplicitALSRecommender, _ profile: Profile) -> [Float]? {
        var scores = [Float](repeating: .nan, count: recommender.itemCount)
        let isKnown = scores.withUnsafeMutableBufferPointer { recommender.answer(profile, into: $0) }
        return isKnown ? scores : nil
    }

    func bestOfAll(
        _ count: Int, _ recommender: ImplicitALSRecommender, _ profile: Profile, _ filter: ItemFilter?
    ) -> [TopK.Entry] {
        guard let scores = scores(recommender, profile) else { return [] }
        return scores.indices
            .filter { scores[$0] > -.infinity && !profile.items.contains(UInt32($0)) && filter?.admits(UInt32($0)) ?? true }
            .sorted { (scores[$0], $1) > (scores[$1], $0) }
            .prefix(count)
            .map { TopK.Entry(element: UInt32($0), score: scores[$0]) }
    }

    /// The user's factors by Gaussian elimination.
    ///
    /// - Parameter targets: what the ratings count, by place in the profile.
    func solvedInDoublePrecision(_ profile: Profile, targets: [Double]) -> [Double] {
        func vector(_ item: UInt32) -> [Double] { (0..<dimensions).map { Double(rows[Int(item) * dimensions + $0]) } }
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: dimensions + 1), count: dimensions)
        func add(_ vector: [Double], _ weight: Double) {
            for row in 0..<dimensions {
                for column in 0..<dimensions { matrix[row][column] += weight * vector[row] * vector[column] }
            }
        }
        for item in ratedItems { add(vector(item), parameters.unobservedWeight) }
        for (item, target) in zip(profile.items, targets) {
            add(vector(item), 1)
            for row in 0..<dimensions { matrix[row][dimensions] += target * vector(item)[row] }
        }
        let penalty = parameters.penalty(ratings: profile.items.count, possible: ratedItems.count)
        for row in 0..<dimensions { matrix[row][row] += penalty }
        for pivot in 0..<dimensions {
            for row in 0..<dimensions where row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in 0...dimensions { matrix[row][column] -= factor * matrix[pivot][column] }
            }
        }
        return (0..<dimensions).map { matrix[$0][dimensions] / matrix[$0][$0] }
    }
}
