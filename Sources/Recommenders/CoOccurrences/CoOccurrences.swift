/// The ratings of a matrix laid out for sums over all pairs of items that the same user rated: every user's in the order they were given, and
/// for every item where they stand.
///
/// The sum of items i and j is Σ over the users who rated both of weight(u, i) · weight(u, j) · closeness, a weight being what the rating counts
/// by `Weighting`, damped by the length of the user's row. With all weights 1 it is the number of users who rated both.
package struct CoOccurrences: Sendable {
    /// How many items it covers: `items.count`.
    package var itemCount: Int { itemsByRank.count }
    /// The covered items of the rating matrix, most rated first, of equally often rated ones the lower index first. Everything else here speaks
    /// of items by their place in this list, so that what is touched most often lies together.
    package let itemsByRank: [UInt32]

    /// By user, in the order in which the ratings were given, or by item where that plays no part: `items[rowStarts[u] ..< rowStarts[u + 1]]`.
    package let rowStarts: [Int]
    package let items: [UInt32]
    package let weights: [Float]
    /// Whether all weights of a row are the same.
    private let areWeightsEven: Bool
    /// How many of the row's ratings were given before; equal times share a rank, and so do all from the 65,535th rating on.
    private let ranks: [UInt16]
    /// By item, where in `items` its ratings stand, ascending: `places[columnStarts[i] ..< columnStarts[i + 1]]`, and whose they are.
    package let columnStarts: [Int]
    package let places: [UInt32]
    package let users: [UInt32]
    /// By the difference of two ranks; nil where all pairs count 1.
    private let closeness: [Float]?

    package var userCount: Int { rowStarts.count - 1 }

    /// - Parameters:
    ///   - limit: only so many of the most rated items are covered; items without ratings never are.
    ///   - leavingOut: by user the place in the matrix's rows of one rating that is treated as if it were not there.
    ///   - userDamping: a rating's weight is divided by (length of the user's row)^(`userDamping` / 2), so that a pair's is by ^`userDamping`.
    /// - Complexity: O(ratings · log of a row).
    package init(
        _ ratings: RatingMatrix, scale: RatingScale, limit: Int? = nil, weighting: Weighting = .opinion(.ignored),
        closeness: Closeness = .ignored,
        userDamping: Double = 0, leavingOut: [Int: Int] = [:], threads: Int = Parallel.coreCount
    ) {
        precondition(ratings.ratingCount <= UInt32.max)
        var counts = (0..<ratings.itemCount).map { ratings.column($0).count }
        for place in leavingOut.values { counts[Int(ratings.items[place])] -= 1 }
        let ranked = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $1) > (counts[$1], $0) }
        itemsByRank = ranked.prefix(limit ?? ranked.count).map { UInt32($0) }
        self.closeness = closeness.weights()
        areWeightsEven = weighting == .opinion(.ignored)

        let layout = OrderedRows(
            ratings, itemsByRank: itemsByRank, needsRanks: closeness.halfLife != nil, weighting: weighting,
            scale: scale, userDamping: userDamping, leavingOut: leavingOut, threads: threads)
        (rowStarts, items, weights, ranks) = (layout.rowStarts, layout.items, layout.weights, layout.ranks)

        var columnStarts = [0]
        for item in itemsByRank { columnStarts.append(columnStarts[columnStarts.count - 1] + counts[Int(item)]) }
        var next = columnStarts
        var places = [UInt32](repeating: 0, count: items.count)
        var users = places
        for user in 0..<rowStarts.count - 1 {
            for place in rowStarts[user]..<rowStarts[user + 1] {
                let item = Int(items[place])
                places[next[item]] = UInt32(place)
                users[next[item]] = UInt32(user)
                next[item] += 1
            }
        }
        self.columnStarts = columnStarts
        self.places = places
        self.users = users
    }

    /// What a rating counts.
    package enum Weighting: Hashable, Sendable {
        case opinion(Opinion)
        /// How many steps of the scale it is above its user's mean, plus one for having been given, so that where all ratings are equal each
        /// counts 1.
        case aboveMean
    }

    /// Which of a user's other ratings are paired with the one at hand.
    package enum Direction: Sendable {
        /// Those given later, or at the same time and standing behind it, so that over all items each pair is met once.
        case later
        case both
    }

    /// Adds the sums of `item` with every other item to `sums`, which has a place for every item; `sums[item]` is left alone.
    ///
    /// - Complexity: O(the ratings, within reach, of the users who rated `item`).
    package func add(_ item: Int, _ direction: Direction, to sums: UnsafeMutableBufferPointer<Float>) {
        precondition(sums.count == itemCount)
        // What costs time is to read the rows, so that nothing is read that is the same for all.
        items.withUnsafeBufferPointer { items in
            weights.withUnsafeBufferPointer { weights in
                ranks.withUnsafeBufferPointer { ranks in
                    for column in columnStarts[item]..<columnStarts[item + 1] {
                        let place = Int(places[column])
                        let user = Int(users[column])
                        let row = direction == .both ? rowStarts[user]..<place : place..<place
                        let rest = place + 1..<rowStarts[user + 1]
                        switch (closeness, areWeightsEven) {
                        case (nil, true):
                            let product = weights[place] * weights[place]
                            for other in row { sums[Int(items[other])] += product }
                            for other in rest { sums[Int(items[other])] += product }
                        case (nil, false):
                            for other in row { sums[Int(items[other])] += weights[place] * weights[other] }
                            for other in rest { sums[Int(items[other])] += weights[place] * weights[other] }
                        case (let closeness?, _):
                            closeness.withUnsafeBufferPointer { closeness in
                                let even = areWeightsEven ? weights[place] : nil
                                for other in row.reversed() {
                                    let distance = Int(ranks[place] - ranks[other])
                                    guard distance < closeness.count else { break }
                                    sums[Int(items[other])] += weights[place] * (even ?? weights[other]) * closeness[distance]
                                }
                                for other in rest {
                                    let distance = Int(ranks[other] - ranks[place])
                                    guard distance < closeness.count else { break }
                                    sums[Int(items[other])] += weights[place] * (even ?? weights[other]) * closeness[distance]
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Σ of the squared weights of every item's ratings: its sum with itself.
    package func squares() -> [Float] {
        (0..<itemCount).map { item in
            Float(
                places[columnStarts[item]..<columnStarts[item + 1]].reduce(0.0) { sum, place in
                    sum + Double(weights[Int(place)]) * Double(weights[Int(place)])
                })
        }
    }
}
