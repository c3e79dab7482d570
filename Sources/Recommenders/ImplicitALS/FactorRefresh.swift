/// Brings items' factors up to date with ratings given since a model was trained.
///
/// Who rated something since is given factors by those of all that they rated, as in training; then the factors of each item that was
/// rated since are solved for once more, its trained ones standing for the ratings they were trained with. Those are sweeps of alternating
/// least squares over what is new (like the incremental updates of He et al. 2016, "Fast matrix factorization for online recommendation with
/// implicit feedback", but exactly; what has no new ratings keeps its factors).
///
/// The outcome follows from the ratings as they are: neither from the order in which they came, nor from how many came at a time, nor from
/// the threads. Ratings that were changed or taken back have been trained with and stay in the trained factors.
struct FactorRefresh: Sendable {
    /// Each lets what users of new items have in common reach further.
    static let sweeps = 2

    let model: ImplicitALSRecommender
    private let ratings: RatingMatrix
    private let prior: FactorPrior

    /// - Parameters:
    ///   - model: as it was trained.
    ///   - ratings: those of the file it was trained on.
    init(_ model: ImplicitALSRecommender, ratings: RatingMatrix) {
        self.model = model
        self.ratings = ratings
        prior = FactorPrior(model, ratings: ratings)
    }

    /// - Complexity: for each sweep that of the factors of all users who rated an item since that they had not rated before, and of each such
    ///   item O(its ratings since · `dimensions`² + `dimensions`³).
    ///
    /// - Parameter isStopped: asked now and then, on any thread.
    /// - Returns: nil when it was stopped.
    func refreshed(
        by state: LiveState, sweeps: Int = sweeps, threads: Int = Parallel.threads, isStopped: @Sendable () -> Bool = { false }
    ) -> RefreshedFactors? {
        let news = NewRatings(state)
        var current = model
        var refreshed: RefreshedFactors?
        for _ in 0..<max(1, sweeps) {
            let recommender = current
            let raters = Parallel.map(news.users.count, threads: threads) { number in
                isStopped() ? [] : recommender.factors(ofRater: state.profile(ofUser: news.users[number])) ?? []
            }
            let newcomers = raters.indices.filter { ratings.rowIfKnown(news.users[$0]).isEmpty && !raters[$0].isEmpty }
            let prior = prior.adding(newcomers.map { raters[$0] })
            let rows = Parallel.map(news.items.count, threads: threads) { number in
                let item = news.items[number]
                guard !isStopped() else { return [Float]?.none }
                let count = item < ratings.itemCount ? ratings.column(Int(item)).count : 0
                let own = trained(item)
                return prior.solve(trained: own, count: count, raters: news.raters(of: number).flatMap { raters[$0] }) ?? own
            }
            guard !isStopped() else { return nil }
            let outcome = factors(of: news.items, rows, itemCount: state.itemCount)
            refreshed = outcome
            current = model.refreshed(by: outcome, itemCount: state.itemCount)
        }
        return refreshed ?? factors(of: [], [], itemCount: state.itemCount)
    }

    /// - Parameter rows: by item; nil for those that are to have no factors.
    private func factors(of items: [UInt32], _ rows: [[Float]?], itemCount: Int) -> RefreshedFactors {
        let dimensions = model.factors.dimensions
        var values: [Float] = []
        var starts: [UInt32: Int] = [:]
        var gram = model.factors.gram.map { Double($0) }
        var added = 0
        for (item, row) in zip(items, rows) {
            guard let row else { continue }
            starts[item] = values.count
            values += row
            Self.add(row, times: 1, to: &gram)
            if let trained = trained(item) { Self.add(trained, times: -1, to: &gram) } else { added += 1 }
        }
        let factors = ItemFactors(
            itemCount: itemCount, dimensions: dimensions, items: items.filter { starts[$0] != nil }, rows: { starts[$0] ?? 0 },
            in: values, gram: FlatArray(gram.map { Float($0) }))
        return RefreshedFactors(factors, addedItemCount: added)
    }

    private func trained(_ item: UInt32) -> [Float]? {
        guard let (factors, place) = model.place(of: item) else { return nil }
        return [Float](unsafeUninitializedCapacity: factors.dimensions) { row, filled in
            factors.copyFactors(at: place, to: UnsafeMutableBufferPointer(rebasing: row[..<factors.dimensions]))
            filled = factors.dimensions
        }
    }

    private static func add(_ vector: [Float], times sign: Double, to gram: inout [Double]) {
        gram.withUnsafeMutableBufferPointer { gram in
            for row in vector.indices {
                let factor = sign * Double(vector[row])
                for column in vector.indices { gram[row * vector.count + column] += factor * Double(vector[column]) }
            }
        }
    }
}

/// Who rated what since the file was written that they had not rated before.
private struct NewRatings: Sendable {
    /// Ascending, like the items.
    let users: [UInt32]
    let items: [UInt32]
    /// Places in `users`, item by item.
    private let raters: [Int]
    private let starts: [Int]

    init(_ state: LiveState) {
        var users: [UInt32] = []
        var ratersOfItems: [UInt32: [Int]] = [:]
        state.tables.users.forEach { user, live in
            let new = live.ratings.filter { $0.fileCode == 0 && $0.currentCode > 0 }
            guard !new.isEmpty else { return }
            for rating in new { ratersOfItems[rating.item, default: []].append(users.count) }
            users.append(UInt32(user))
        }
        self.users = users
        items = ratersOfItems.keys.sorted()
        raters = items.flatMap { ratersOfItems[$0] ?? [] }
        starts = items.reduce(into: [0]) { $0.append($0[$0.count - 1] + (ratersOfItems[$1]?.count ?? 0)) }
    }

    func raters(of number: Int) -> ArraySlice<Int> { raters[starts[number]..<starts[number + 1]] }
}

extension LiveState {
    /// Without times.
    fileprivate func profile(ofUser user: UInt32) -> Profile {
        var items: [UInt32] = []
        var codes: [UInt8] = []
        forEachRating(ofUser: user) { item, code, _ in
            items.append(item)
            codes.append(code)
        }
        return Profile(items: items, codes: codes)
    }
}
