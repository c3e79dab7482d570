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

    /// Walks the voters' rows.
    ///
    /// - Parameters:
    ///   - places: where the profile's items stand in it.
    ///   - weights: the items' weights by that place, up to 1.
    /// - Returns: what the voters gave to the profile's items.
    /// - Complexity: O(ratings of the voters).
    mutating func add(
        _ voters: [Voter], in ratings: RatingMatrix, maximumCode: UInt8, succession: Succession?, places: ProfilePlaces,
        weights: [Double]
    ) throws(CancellationError) -> SharedRatings {
        var shared = SharedRatings()
        var cancellation = Cancellation()
        var votes = [Double](repeating: 0, count: Int(maximumCode) + 1)
        for voter in voters {
            let row = ratings.row(Int(voter.user))
            try cancellation.count(row.count)
            for code in votes.indices { votes[code] = voter.vote * (1 + Double(code) / Double(maximumCode)) / 2 }
            shared.addVoter(sharingUpTo: min(row.count, weights.count)) { shared in
                withBallot(row, of: ratings, votes, places, weights, shared) { ballot, order in
                    guard let succession, succession.boost > 0 else { return ballot.cast() }
                    return ballot.cast(row, of: ratings, succession, &order)
                }
            }
        }
        return shared
    }

    /// The best of the items that any voter rated, but for those in `profile`; all scores are 0 afterwards.
    ///
    /// - Parameter dampings: by item, what its score is multiplied by.
    /// - Complexity: O(items).
    mutating func takeBest(
        _ count: Int, without profile: [UInt32], dampings: FlatArray<Double>?, filter: ItemFilter?
    ) -> [TopK.Entry] {
        for item in profile { scores[Int(item)] = 0 }
        var best = TopK(capacity: count)
        take(dampings) { first, scores, damped in
            // Rounding keeps the order, so that what is not above the floor before it is not afterwards.
            guard Self.isAny(of: damped, above: Double(best.floor)) else { return }
            for lane in 0..<SIMD8<Double>.scalarCount where scores[lane] > 0 {
                let (item, score) = (UInt32(first + lane), Float(damped[lane]))
                if score > best.floor, filter?.admits(item) ?? true { best.offer(item, score: score) }
            }
        }
        return best.sorted()
    }

    /// By the signs of the differences, since the processor looks at them all at once.
    @inline(__always)
    private static func isAny(of eight: SIMD8<Double>, above floor: Double) -> Bool {
        let signs = unsafeBitCast(floor - eight, to: SIMD8<Int64>.self)
        let four = signs.lowHalf | signs.highHalf
        let two = four.lowHalf | four.highHalf
        return two.x | two.y < 0
    }

    /// Writes every item's score, `-infinity` where it is 0; all are 0 afterwards.
    ///
    /// - Parameter dampings: by item, what its score is multiplied by.
    mutating func take(to target: UnsafeMutableBufferPointer<Float>, dampings: FlatArray<Double>?) {
        take(dampings) { first, scores, damped in
            for lane in 0..<min(SIMD8<Double>.scalarCount, target.count - first) {
                target[first + lane] = scores[lane] > 0 ? Float(damped[lane]) : -.infinity
            }
        }
    }

    /// Calls `body` with eight items' scores at a time, as they are and damped, 0 behind the last item; all are 0 afterwards.
    private mutating func take(
        _ dampings: FlatArray<Double>?, _ body: (_ first: Int, _ scores: SIMD8<Double>, _ damped: SIMD8<Double>) -> Void
    ) {
        let width = SIMD8<Double>.scalarCount
        scores.withUnsafeMutableBufferPointer { scores in
            let whole = scores.count - scores.count % width
            let bytes = UnsafeMutableRawBufferPointer(scores)
            func take(_ dampings: UnsafeBufferPointer<Double>?) {
                let factors = dampings.map { UnsafeRawBufferPointer($0) }
                for first in stride(from: 0, to: whole, by: width) {
                    let eight = bytes.loadUnaligned(fromByteOffset: first * 8, as: SIMD8<Double>.self)
                    let factor = factors?.loadUnaligned(fromByteOffset: first * 8, as: SIMD8<Double>.self)
                    body(first, eight, factor.map { eight * $0 } ?? eight)
                }
                guard whole < scores.count else { return }
                var (eight, factor) = (SIMD8<Double>.zero, SIMD8<Double>(repeating: 1))
                for item in whole..<scores.count {
                    eight[item - whole] = scores[item]
                    if let dampings { factor[item - whole] = dampings[item] }
                }
                body(whole, eight, eight * factor)
            }
            if let dampings { dampings.withUnsafeBufferPointer { take($0) } } else { take(nil) }
            scores.update(repeating: 0)
        }
    }

    private mutating func withBallot(
        _ row: Range<Int>, of ratings: RatingMatrix, _ votes: [Double], _ places: ProfilePlaces, _ weights: [Double],
        _ shared: UnsafeMutableBufferPointer<SharedRatings.Rating>, _ body: (Ballot, inout TimeOrder) -> Int
    ) -> Int {
        scores.withUnsafeMutableBufferPointer { scores in
            ratings.items.withUnsafeBufferPointer { items in
                ratings.rowCodes.withUnsafeBufferPointer { codes in
                    votes.withUnsafeBufferPointer { votes in
                        weights.withUnsafeBufferPointer { weights in
                            places.withMarks { marks in
                                body(
                                    Ballot(
                                        items: UnsafeBufferPointer(rebasing: items[row]),
                                        codes: UnsafeBufferPointer(rebasing: codes[row]), votes: votes, marks: marks,
                                        weights: weights, scores: scores, shared: shared),
                                    &order)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One voter's row, and where its votes go.
private struct Ballot {
    let items: UnsafeBufferPointer<UInt32>
    let codes: UnsafeBufferPointer<UInt8>
    /// By code.
    let votes: UnsafeBufferPointer<Double>
    /// See `ProfilePlaces`.
    let marks: UnsafeBufferPointer<UInt32>
    /// By place in the profile.
    let weights: UnsafeBufferPointer<Double>
    /// By item.
    let scores: UnsafeMutableBufferPointer<Double>
    let shared: UnsafeMutableBufferPointer<SharedRatings.Rating>

    /// Adds the votes as they are.
    ///
    /// - Returns: how many of the items are shared.
    func cast() -> Int {
        var count = 0
        for place in items.indices {
            let item = Int(items[place])
            let code = codes[place]
            scores[item] += votes[Int(code)]
            let mark = Int(marks[item])
            if mark != 0 {
                shared[count] = SharedRatings.rating(place: mark - 1, code: code)
                count += 1
            }
        }
        return count
    }

    /// Adds the votes as the succession has them; as they are where the row has no order.
    ///
    /// - Parameter row: where the row stands in `ratings`.
    /// - Returns: how many of the items are shared.
    func cast(_ row: Range<Int>, of ratings: RatingMatrix, _ succession: Succession, _ order: inout TimeOrder) -> Int {
        guard let kept = ratings.timeOrder, row.count <= RatingMatrix.longestOrderedRow else {
            var count: Int?
            _ = order.withPlaces(of: row, in: ratings) { count = cast(inOrder: $0, succession) }
            return count ?? cast()
        }
        return kept.withUnsafeBufferPointer { kept in
            let order = UnsafeBufferPointer(rebasing: kept[row])
            guard let first = order.first, let last = order.last,
                ratings.rowTimes[row.lowerBound + Int(first)] < ratings.rowTimes[row.lowerBound + Int(last)]
            else { return cast() }
            return cast(inOrder: order, succession)
        }
    }

    private func cast(
        inOrder order: UnsafeBufferPointer<some FixedWidthInteger & UnsignedInteger>, _ succession: Succession
    ) -> Int {
        let decay = exp(-1 / succession.range)
        let boost = succession.boost
        var closeness = 0.0
        var count = 0
        for start in stride(from: 0, to: order.count, by: 512) {
            // So little changes no sum, while multiplying numbers that are still smaller takes the processor a hundred times as long.
            if closeness < 1e-60 { closeness = 0 }
            for number in start..<min(start + 512, order.count) {
                let place = TimeOrder.place(order[number])
                let item = Int(items[place])
                let code = codes[place]
                scores[item] += votes[Int(code)] * (1 + boost * closeness)
                let mark = Int(marks[item])
                if mark != 0 {
                    closeness += weights[mark - 1]
                    shared[count] = SharedRatings.rating(place: mark - 1, code: code)
                    count += 1
                }
                closeness *= decay
            }
        }
        return count
    }
}
