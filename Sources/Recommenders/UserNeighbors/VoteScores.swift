#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the neighbours' votes for every item come to, in the order `agreement`.
struct VoteScores: Sendable {
    /// By item; 0 for items that no neighbour rated.
    private var scores: [Double]
    private var order = TimeOrder()

    init(itemCount: Int) {
        scores = [Double](repeating: 0, count: itemCount)
    }

    /// Walks the voter's row.
    ///
    /// - Parameters:
    ///   - places: where the profile's items stand in it.
    ///   - weights: the items' weights by that place, up to 1.
    /// - Complexity: O(ratings of the voter).
    mutating func add(
        _ voter: Voter, in ratings: RatingMatrix, maximumCode: UInt8, succession: Succession?, places: ProfilePlaces,
        weights: [Double]
    ) {
        let row = ratings.row(Int(voter.user))
        let votes = (0...Int(maximumCode)).map { voter.vote * (1 + Double($0) / Double(maximumCode)) / 2 }
        if let succession, succession.boost > 0,
            addInOrder(row, of: ratings, votes: votes, succession: succession, places: places, weights: weights)
        {
            return
        }
        scores.withUnsafeMutableBufferPointer { scores in
            ratings.items.withUnsafeBufferPointer { items in
                ratings.rowCodes.withUnsafeBufferPointer { codes in
                    votes.withUnsafeBufferPointer { votes in
                        for place in row { scores[Int(items[place])] += votes[Int(codes[place])] }
                    }
                }
            }
        }
    }

    /// The best of the items that any voter rated, but for those in `profile`.
    ///
    /// - Parameter dampings: by item, what its score is multiplied by.
    /// - Complexity: O(items).
    mutating func best(_ count: Int, without profile: [UInt32], dampings: FlatArray<Double>?, filter: ItemFilter?) -> [TopK.Entry]
    {
        for item in profile { scores[Int(item)] = 0 }
        var best = TopK(capacity: count)
        for item in scores.indices where scores[item] > 0 {
            let score = Float(dampings.map { scores[item] * $0[item] } ?? scores[item])
            if score > best.floor, filter?.admits(UInt32(item)) ?? true { best.offer(UInt32(item), score: score) }
        }
        return best.sorted()
    }

    /// - Parameter dampings: by item, what its score is multiplied by.
    func write(to target: UnsafeMutableBufferPointer<Float>, dampings: FlatArray<Double>?) {
        for item in scores.indices {
            let score = dampings.map { scores[item] * $0[item] } ?? scores[item]
            target[item] = scores[item] > 0 ? Float(score) : -.infinity
        }
    }

    mutating func clear() {
        scores.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    /// - Returns: false when the row has no order and nothing was added.
    private mutating func addInOrder(
        _ row: Range<Int>, of ratings: RatingMatrix, votes: [Double], succession: Succession, places: ProfilePlaces,
        weights: [Double]
    ) -> Bool {
        let decay = exp(-1 / succession.range)
        let boost = succession.boost
        return order.withPlaces(of: row, in: ratings) { order in
            scores.withUnsafeMutableBufferPointer { scores in
                ratings.items.withUnsafeBufferPointer { items in
                    ratings.rowCodes.withUnsafeBufferPointer { codes in
                        votes.withUnsafeBufferPointer { votes in
                            places.withMarks { marks in
                                var closeness = 0.0
                                for key in order {
                                    let place = row.lowerBound + TimeOrder.place(key)
                                    let item = Int(items[place])
                                    scores[item] += votes[Int(codes[place])] * (1 + boost * closeness)
                                    let mark = Int(marks[item])
                                    if mark != 0 { closeness += weights[mark - 1] }
                                    closeness *= decay
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
