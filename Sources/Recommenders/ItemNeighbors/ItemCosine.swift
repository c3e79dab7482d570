/// Finds for each item the items that the same people rated and liked alike: the cosine of two columns of the rating matrix, in
/// which every rating counts by how far it is above its user's mean, plus one step of the scale for having been given.
///
/// The adjusted cosine of Sarwar, Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms"
/// (2001). The added step makes it the cosine of Deshpande and Karypis, "Item-based top-N recommendation algorithms" (2004),
/// where all ratings are equal, as purchases are. The cosine is multiplied by n / (n + `shrinkage`), n being the number of users
/// who rated both, since few of them prove little. Only pairs above 0 are neighbours.
///
/// Deterministic: sums are whole numbers, and of equal scores the lower item index comes first.
package struct ItemCosine: Sendable {
    /// At most so many neighbours for each item.
    package var neighbours: Int
    package var shrinkage: Double

    /// What a rating counts is kept in such fractions of a step of the scale, so that it fits 16 bits.
    static let fractionsPerStep = 64

    package init(neighbours: Int = 20, shrinkage: Double = 10) {
        self.neighbours = neighbours
        self.shrinkage = shrinkage
    }

    /// The sparse product of the matrix's columns with its rows. Each pair is summed once, at its lower item: a user's row is
    /// walked from behind that item on. Sums of untouched items are never looked at (the accumulator of Gustavson 1978).
    ///
    /// - Complexity: O(Σ row²), memory O(ratings + items · `neighbours`).
    package func similarItems(of ratings: RatingMatrix) -> SimilarItems {
        let weights = Self.weights(of: ratings)
        let lengths = Self.lengths(of: ratings, weights: weights)
        var nearest = NearestItems(itemCount: ratings.itemCount, capacity: neighbours)
        var sums = [PairSum](repeating: PairSum(), count: ratings.itemCount)
        var touched: [UInt32] = []
        // For each user, where in the row the current item is, or the first one behind it.
        var next = Array(ratings.rowStarts)

        for item in 0..<ratings.itemCount {
            for user in ratings.users[ratings.column(item)] {
                let place = next[Int(user)]
                next[Int(user)] = place + 1
                let rest = place + 1..<ratings.rowStarts[Int(user) + 1]
                Self.accumulate(ratings.items, weights, rest, weight: Int64(weights[place]), in: &sums, touched: &touched)
            }
            for other in touched {
                let sum = sums[Int(other)]
                sums[Int(other)] = PairSum()
                guard sum.product > 0 else { continue }
                let score = score(of: sum, lengths[item], lengths[Int(other)])
                nearest.offer(other, to: item, score: score)
                nearest.offer(UInt32(item), to: Int(other), score: score)
            }
            touched.removeAll(keepingCapacity: true)
        }
        return nearest.sorted()
    }

    /// What the users who rated two items say of them.
    private struct PairSum {
        var product: Int64 = 0
        var users: Int64 = 0
    }

    private static func accumulate(
        _ items: FlatArray<UInt32>, _ weights: [Int16], _ places: Range<Int>, weight: Int64, in sums: inout [PairSum],
        touched: inout [UInt32]
    ) {
        for place in places {
            let item = Int(items[place])
            if sums[item].users == 0 { touched.append(items[place]) }
            sums[item].users += 1
            sums[item].product += weight * Int64(weights[place])
        }
    }

    private func score(of sum: PairSum, _ length: Double, _ otherLength: Double) -> Float {
        let cosine = Double(sum.product) / (length * otherLength)
        let users = Double(sum.users)
        return Float(min(cosine, 1) * users / (users + shrinkage))
    }

    /// What each rating counts, in `fractionsPerStep`, in the order of the rows.
    private static func weights(of ratings: RatingMatrix) -> [Int16] {
        var weights = [Int16](repeating: 0, count: ratings.ratingCount)
        for user in 0..<ratings.userCount {
            let row = ratings.row(user)
            var sum = 0
            for place in row { sum += Int(ratings.rowCodes[place]) }
            let mean = row.isEmpty ? 0 : (sum * fractionsPerStep + row.count / 2) / row.count
            for place in row { weights[place] = Int16((Int(ratings.rowCodes[place]) + 1) * fractionsPerStep - mean) }
        }
        return weights
    }

    /// The length of each column.
    private static func lengths(of ratings: RatingMatrix, weights: [Int16]) -> [Double] {
        var squares = [Int64](repeating: 0, count: ratings.itemCount)
        for place in weights.indices {
            squares[Int(ratings.items[place])] += Int64(weights[place]) * Int64(weights[place])
        }
        return squares.map { Double($0).squareRoot() }
    }
}
