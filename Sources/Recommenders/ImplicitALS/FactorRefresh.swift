/// Keeps items' factors up with ratings given since a model was trained.
///
/// Each rater is given factors by the trained ones of the items rated, as in training; then the factors of each item that they rated since are
/// solved for once more, the trained ones standing for the ratings they were trained with. That is half a sweep of alternating least squares
/// over what is new (as the incremental updates of He et al. 2016, "Fast matrix factorization for online recommendation with implicit
/// feedback", but by item, exactly and not by coordinate).
///
/// The outcome follows from the ratings as they are: not from the order in which they came, nor from how many came at a time.
package struct FactorRefresh {
    private struct Rater {
        let factors: [Float]
        /// What they rated since training, ascending.
        let items: [UInt32]
    }

    private let model: ImplicitALSRecommender
    private let ratings: RatingMatrix
    private let prior: FactorPrior
    private var raters: [UInt32: Rater] = [:]
    /// By item the raters since training, ascending.
    private var ratersOfItems: [UInt32: [UInt32]] = [:]
    private var solutions: [UInt32: [Float]] = [:]
    private var stale: Set<UInt32> = []

    /// - Parameters:
    ///   - model: as it was trained.
    ///   - ratings: those it was trained on.
    package init(_ model: ImplicitALSRecommender, ratings: RatingMatrix) {
        self.model = model
        self.ratings = ratings
        prior = FactorPrior(model, ratings: ratings)
    }

    /// Says what a user's ratings are now.
    ///
    /// - Parameter items: the ones among them that were not rated by the user in training; ascending. None for users who left.
    /// - Complexity: that of the user's factors.
    package mutating func set(_ profile: Profile, of user: UInt32, ratedSince items: [UInt32]) {
        let before = raters[user]?.items ?? []
        let factors = items.isEmpty ? nil : model.factors(ofRater: profile)
        raters[user] = factors.map { Rater(factors: $0, items: items) }
        let now = raters[user]?.items ?? []
        stale.formUnion(before)
        stale.formUnion(now)
        for item in Set(before).subtracting(now) { ratersOfItems[item]?.removeAll { $0 == user } }
        for item in Set(now).subtracting(before) {
            let place = ratersOfItems[item]?.firstIndex { $0 > user }
            if let place { ratersOfItems[item]?.insert(user, at: place) } else { ratersOfItems[item, default: []].append(user) }
        }
    }

    /// Solves for what changed.
    ///
    /// - Parameter itemCount: how many items there are by now.
    package mutating func refreshed(itemCount: Int) -> RefreshedFactors {
        for item in stale { solutions[item] = solution(of: item) }
        stale.removeAll(keepingCapacity: true)
        let items = solutions.keys.sorted()
        let dimensions = model.factors.dimensions
        var rows: [Float] = []
        rows.reserveCapacity(items.count * dimensions)
        var gram = model.factors.gram.map { Double($0) }
        var added = 0
        for item in items {
            guard let solution = solutions[item] else { continue }
            rows += solution
            Self.add(solution, times: 1, to: &gram)
            if let trained = trained(item) { Self.add(trained, times: -1, to: &gram) } else { added += 1 }
        }
        let starts = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0 * dimensions) })
        let factors = ItemFactors(
            itemCount: itemCount, dimensions: dimensions, items: items, rows: { starts[$0] ?? 0 }, in: rows,
            gram: FlatArray(gram.map { Float($0) }))
        return RefreshedFactors(factors, addedItemCount: added)
    }

    private func solution(of item: UInt32) -> [Float]? {
        guard let users = ratersOfItems[item], !users.isEmpty else { return nil }
        let count = item < ratings.itemCount ? ratings.column(Int(item)).count : 0
        return prior.solve(
            trained: trained(item), count: count, raters: users.flatMap { raters[$0]?.factors ?? [] })
    }

    private func trained(_ item: UInt32) -> [Float]? {
        guard let (factors, place) = model.place(of: item) else { return nil }
        return [Float](unsafeUninitializedCapacity: factors.dimensions) { row, filled in
            factors.copyFactors(at: place, to: row)
            filled = factors.dimensions
        }
    }

    private static func add(_ vector: [Float], times sign: Double, to gram: inout [Double]) {
        for row in vector.indices {
            for column in vector.indices {
                gram[row * vector.count + column] += sign * Double(vector[row]) * Double(vector[column])
            }
        }
    }
}
