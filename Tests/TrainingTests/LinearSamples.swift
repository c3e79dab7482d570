import Recommenders

/// Random ratings for the linear models.
enum LinearSamples {
    static func ratings(users: Int, items: Int, density: Double, hasTimes: Bool, seed: UInt64) -> RatingMatrix {
        var generator = SplitMix64(seed: seed)
        var starts = [0]
        var rowItems: [UInt32] = []
        var codes: [UInt8] = []
        var times: [UInt32] = []
        for _ in 0..<users {
            for item in 0..<UInt32(items) where Double(generator.next(in: 0..<1000)) < density * 1000 {
                rowItems.append(item)
                codes.append(UInt8(generator.next(in: 1..<11)))
                times.append(hasTimes ? UInt32(generator.next(in: 1..<9)) : 0)
            }
            starts.append(rowItems.count)
        }
        return RatingMatrix(itemCount: items, rowStarts: starts, items: rowItems, rowCodes: codes, rowTimes: times)
    }

    /// By source and target, zero where there is no weight.
    static func table(_ weights: ItemWeights) -> [[Double]] {
        (0..<weights.itemCount).map { source in
            var row = [Double](repeating: 0, count: weights.itemCount)
            for place in weights.row(source) { row[Int(weights.items[place])] = Double(weights.weights[place]) }
            return row
        }
    }

    /// The ratings as a table by user, 0 where there is none.
    static func table(_ ratings: RatingMatrix, opinion: Opinion) -> [[Double]] {
        (0..<ratings.userCount).map { user in
            var row = [Double](repeating: 0, count: ratings.itemCount)
            for place in ratings.row(user) {
                let code = Double(ratings.rowCodes[place])
                row[Int(ratings.items[place])] = opinion.lowest + (1 - opinion.lowest) * (code - 1) / 9
            }
            return row
        }
    }

    /// How near two ratings of a row are.
    static func nearness(_ ratings: RatingMatrix, _ user: Int, _ item: Int, _ other: Int, _ closeness: Closeness) -> Double {
        guard let halfLife = closeness.halfLife, ratings.hasTimes else { return 1 }
        let row = ratings.row(user)
        func rank(_ item: Int) -> Int {
            let time = row.first { Int(ratings.items[$0]) == item }.map { ratings.rowTimes[$0] } ?? 0
            return row.count { ratings.rowTimes[$0] < time }
        }
        let last = 1 / (1 + Double(closeness.reach) / halfLife)
        return max(0, (1 / (1 + Double(abs(rank(item) - rank(other))) / halfLife) - last) / (1 - last))
    }

    /// Σ over users of x(u, i) · x(u, j) · nearness.
    static func gram(_ ratings: RatingMatrix, _ values: [[Double]], _ closeness: Closeness) -> [[Double]] {
        (0..<ratings.itemCount).map { item in
            (0..<ratings.itemCount).map { other in
                (0..<ratings.userCount).reduce(0) { sum, user in
                    let product = values[user][item] * values[user][other]
                    return product == 0 ? sum : sum + product * nearness(ratings, user, item, other, closeness)
                }
            }
        }
    }
}
