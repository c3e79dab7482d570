@testable import Recommenders

/// What `FactorRefresh` works out, in double precision and straight from the definitions.
struct NaiveFactorRefresh {
    private(set) var refreshed: [UInt32: [Double]] = [:]
    /// Of all items with factors.
    private(set) var gram: [Double] = []
    private let model: ImplicitALSRecommender
    private let file: RatingMatrix
    private var dimensions: Int { model.factors.dimensions }

    init(model: ImplicitALSRecommender, file: RatingMatrix, state: LiveState, sweeps: Int) {
        self.model = model
        self.file = file
        var raters: [UInt32: [UInt32]] = [:]
        var profiles: [UInt32: [UInt32]] = [:]
        for user in 0..<UInt32(state.userCount) {
            let trained = user < file.userCount ? Set(file.items[file.row(Int(user))]) : []
            state.forEachRating(ofUser: user) { item, _, _ in
                profiles[user, default: []].append(item)
                if !trained.contains(item) { raters[item, default: []].append(user) }
            }
        }
        let news = Set(raters.values.joined())
        gram = self.gram([:])
        for _ in 0..<sweeps {
            let before = refreshed
            let gram = self.gram(before)
            let users = Dictionary(
                uniqueKeysWithValues: news.compactMap { user in vector(profiles[user]!, before, gram).map { (user, $0) } })
            let newcomers = users.filter { $0.key >= file.userCount || file.row(Int($0.key)).isEmpty }
            for (item, users) in raters.mapValues({ $0.compactMap { users[$0] } }) {
                let count = item < file.itemCount ? file.column(Int(item)).count : 0
                refreshed[item] = solution(item, trainedWith: count, users, newcomers: Array(newcomers.values))
            }
            self.gram = self.gram(refreshed)
        }
    }

    private func trained(_ item: UInt32) -> [Double]? {
        model.place(of: item).map { $0.factors.row($0.place).map(Double.init) }
    }

    private func factors(_ item: UInt32, _ refreshed: [UInt32: [Double]]) -> [Double]? { refreshed[item] ?? trained(item) }

    private func gram(_ refreshed: [UInt32: [Double]]) -> [Double] {
        let items = Set(refreshed.keys).union(model.factors.items)
        return items.reduce(into: [Double](repeating: 0, count: dimensions * dimensions)) { gram, item in
            Self.add(factors(item, refreshed)!, 1, to: &gram)
        }
    }

    /// A user's factors, all ratings counting alike.
    private func vector(_ items: [UInt32], _ refreshed: [UInt32: [Double]], _ gram: [Double]) -> [Double]? {
        let known = items.compactMap { factors($0, refreshed) }
        guard !known.isEmpty else { return nil }
        var matrix = gram.map { $0 * model.parameters.unobservedWeight }
        for vector in known { Self.add(vector, 1, to: &matrix) }
        let count = Set(refreshed.keys).union(model.factors.items).count
        return solve(matrix, known, penalty: model.parameters.penalty(ratings: known.count, possible: count))
    }

    private func solution(_ item: UInt32, trainedWith count: Int, _ raters: [[Double]], newcomers: [[Double]]) -> [Double]? {
        guard !raters.isEmpty || trained(item) != nil else { return nil }
        // All users of the file are in the sample.
        let active = (0..<file.userCount).filter { !file.row($0).isEmpty }
        var all = [Double](repeating: 0, count: dimensions * dimensions)
        var rater = all
        for user in active {
            let vector = vector(Array(file.items[file.row(user)]), [:], gram([:]))!
            Self.add(vector, model.parameters.unobservedWeight, to: &all)
            Self.add(vector, Double(file.row(user).count) / Double(file.ratingCount), to: &rater)
        }
        var right = [Double](repeating: 0, count: dimensions)
        var matrix = all.indices.map { all[$0] + Double(count) * rater[$0] }
        if let trained = trained(item) {
            let penalty = model.parameters.penalty(ratings: count, possible: active.count)
            for row in 0..<dimensions {
                right[row] = penalty * trained[row]
                for column in 0..<dimensions { right[row] += matrix[row * dimensions + column] * trained[column] }
            }
        }
        for vector in newcomers { Self.add(vector, model.parameters.unobservedWeight, to: &matrix) }
        for vector in raters { Self.add(vector, 1, to: &matrix) }
        let penalty = model.parameters.penalty(ratings: count + raters.count, possible: active.count + newcomers.count)
        return solve(matrix, raters, right, penalty: penalty)
    }

    private static func add(_ vector: [Double], _ weight: Double, to matrix: inout [Double]) {
        for row in vector.indices {
            for column in vector.indices { matrix[row * vector.count + column] += weight * vector[row] * vector[column] }
        }
    }

    /// By Gaussian elimination, the vectors' sum added to the right side.
    private func solve(_ matrix: [Double], _ vectors: [[Double]], _ right: [Double]? = nil, penalty: Double) -> [Double] {
        var rows = (0..<dimensions).map { row in
            matrix[row * dimensions..<(row + 1) * dimensions] + [(right?[row] ?? 0) + vectors.reduce(0) { $0 + $1[row] }]
        }.map(Array.init)
        for row in 0..<dimensions { rows[row][row] += penalty }
        for pivot in 0..<dimensions {
            for row in 0..<dimensions where row != pivot {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in 0...dimensions { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        return (0..<dimensions).map { rows[$0][dimensions] / rows[$0][$0] }
    }
}
