/// What the neighbours' votes for every item come to, in the order `agreement`.
struct VoteScores: Sendable {
    /// By item; 0 for items that no neighbour rated.
    private var scores: [Double]
    private var rows = BallotRows()

    init(itemCount: Int) {
        scores = [Double](repeating: 0, count: itemCount)
    }

    /// Makes room for more items.
    mutating func grow(to itemCount: Int) {
        if itemCount > scores.count { scores += repeatElement(0, count: itemCount - scores.count) }
    }

    /// Walks the voters' rows.
    ///
    /// - Parameters:
    ///   - places: where the profile's items stand in it.
    ///   - weights: the items' weights by that place, up to 1.
    /// - Returns: what the voters gave to the profile's items.
    /// - Complexity: O(ratings of the voters).
    mutating func add(
        _ voters: [Voter], in ratings: CurrentRatings, maximumCode: UInt8, succession: Succession?, places: ProfilePlaces,
        weights: [Double]
    ) throws(CancellationError) -> SharedRatings {
        var shared = SharedRatings()
        var cancellation = Cancellation()
        var votes = [Double](repeating: 0, count: Int(maximumCode) + 1)
        for voter in voters {
            let length = ratings.count(ofUser: voter.user)
            try cancellation.count(length)
            for code in votes.indices { votes[code] = voter.vote * (1 + Double(code) / Double(maximumCode)) / 2 }
            shared.addVoter(sharingUpTo: min(length, weights.count)) { shared in
                withBallot(votes, places, weights, shared) { ballot, rows in
                    let row = ratings.file.rowIfKnown(voter.user)
                    if let said = ratings.touched(voter.user) {
                        rows.cast(&ballot, row, of: ratings.file, said.ratings, succession)
                    } else {
                        rows.cast(&ballot, row, of: ratings.file, succession)
                    }
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
        _ count: Int, of itemCount: Int, without profile: [UInt32], dampings: Powers?, filter: ItemFilter?
    ) -> [TopK.Entry] {
        for item in profile { scores[Int(item)] = 0 }
        var best = TopK(capacity: count)
        take(itemCount, dampings) { first, scores, damped in
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
    mutating func take(to target: UnsafeMutableBufferPointer<Float>, dampings: Powers?) {
        take(target.count, dampings) { first, scores, damped in
            for lane in 0..<min(SIMD8<Double>.scalarCount, target.count - first) {
                target[first + lane] = scores[lane] > 0 ? Float(damped[lane]) : -.infinity
            }
        }
    }

    /// Calls `body` with eight items' scores at a time, as they are and damped, 0 behind the last item; all are 0 afterwards.
    private mutating func take(
        _ itemCount: Int, _ dampings: Powers?, _ body: (_ first: Int, _ scores: SIMD8<Double>, _ damped: SIMD8<Double>) -> Void
    ) {
        scores.withUnsafeMutableBufferPointer { scores in
            let scores = UnsafeBufferPointer(rebasing: scores[..<itemCount])
            if let dampings {
                dampings.forEachStretch(of: scores.indices) { first, factors in
                    let scores = UnsafeBufferPointer(rebasing: scores[first..<first + factors.count])
                    Self.forEachEight(of: scores, factors) { body(first + $0, $1, $2) }
                }
            } else {
                Self.forEachEight(of: scores, nil, body)
            }
        }
        scores.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    @inline(__always)
    private static func forEachEight(
        of scores: UnsafeBufferPointer<Double>, _ factors: UnsafeBufferPointer<Double>?,
        _ body: (_ first: Int, _ scores: SIMD8<Double>, _ damped: SIMD8<Double>) -> Void
    ) {
        let width = SIMD8<Double>.scalarCount
        let whole = scores.count - scores.count % width
        let bytes = UnsafeRawBufferPointer(scores)
        let factorBytes = factors.map { UnsafeRawBufferPointer($0) }
        for first in stride(from: 0, to: whole, by: width) {
            let eight = bytes.loadUnaligned(fromByteOffset: first * 8, as: SIMD8<Double>.self)
            let factor = factorBytes?.loadUnaligned(fromByteOffset: first * 8, as: SIMD8<Double>.self)
            body(first, eight, factor.map { eight * $0 } ?? eight)
        }
        guard whole < scores.count else { return }
        var (eight, factor) = (SIMD8<Double>.zero, SIMD8<Double>(repeating: 1))
        for item in whole..<scores.count {
            eight[item - whole] = scores[item]
            if let factors { factor[item - whole] = factors[item] }
        }
        body(whole, eight, eight * factor)
    }

    private mutating func withBallot(
        _ votes: [Double], _ places: ProfilePlaces, _ weights: [Double],
        _ shared: UnsafeMutableBufferPointer<SharedRatings.Rating>, _ body: (inout Ballot, inout BallotRows) -> Void
    ) -> Int {
        scores.withUnsafeMutableBufferPointer { scores in
            votes.withUnsafeBufferPointer { votes in
                weights.withUnsafeBufferPointer { weights in
                    places.withMarks { marks in
                        var ballot = Ballot(votes: votes, marks: marks, weights: weights, scores: scores, shared: shared)
                        body(&ballot, &rows)
                        return ballot.sharedCount
                    }
                }
            }
        }
    }
}
