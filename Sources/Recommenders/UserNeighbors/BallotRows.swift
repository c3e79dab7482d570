#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Casts a voter's row, in order of time where that counts and there is one.
struct BallotRows: Sendable {
    private var order = TimeOrder()
    private var live = LiveRowOrder()
    private var merged = LiveRow()

    /// - Parameter row: of `ratings`.
    mutating func cast(_ ballot: inout Ballot, _ row: Range<Int>, of ratings: RatingMatrix, _ succession: Succession?) {
        ratings.items.withUnsafeBufferPointer { items in
            ratings.rowCodes.withUnsafeBufferPointer { codes in
                let items = UnsafeBufferPointer(rebasing: items[row])
                let codes = UnsafeBufferPointer(rebasing: codes[row])
                guard let succession, succession.boost > 0 else { return ballot.cast(items, codes) }
                let (boost, decay) = (succession.boost, exp(-1 / succession.range))
                guard let kept = ratings.timeOrder, row.count <= RatingMatrix.longestOrderedRow else {
                    let hasOrder = order.withPlaces(of: row, in: ratings) {
                        ballot.cast(items, codes, inOrder: $0, boost: boost, decay: decay)
                    }
                    if !hasOrder { ballot.cast(items, codes) }
                    return
                }
                kept.withUnsafeBufferPointer { kept in
                    let order = UnsafeBufferPointer(rebasing: kept[row])
                    guard let first = order.first, let last = order.last,
                        ratings.rowTimes[row.lowerBound + Int(first)] < ratings.rowTimes[row.lowerBound + Int(last)]
                    else { return ballot.cast(items, codes) }
                    ballot.cast(items, codes, inOrder: order, boost: boost, decay: decay)
                }
            }
        }
    }

    /// The same with what the voter said since laid over it: in the end as if the merged row were there.
    mutating func cast(
        _ ballot: inout Ballot, _ row: Range<Int>, of ratings: RatingMatrix, _ said: [LiveRating], _ succession: Succession?
    ) {
        guard let succession, succession.boost > 0 else { return Self.cast(&ballot, row, of: ratings, said) }
        let (boost, decay) = (succession.boost, exp(-1 / succession.range))
        guard let kept = ratings.timeOrder, row.count <= RatingMatrix.longestOrderedRow else {
            merged.merge(row, of: ratings, said)
            merged.withRow { items, codes, times in
                let hasOrder = order.withPlaces(of: times.indices, in: times) {
                    ballot.cast(items, codes, inOrder: $0, boost: boost, decay: decay)
                }
                if !hasOrder { ballot.cast(items, codes) }
            }
            return
        }
        ratings.items.withUnsafeBufferPointer { items in
            ratings.rowCodes.withUnsafeBufferPointer { codes in
                ratings.rowTimes.withUnsafeBufferPointer { times in
                    kept.withUnsafeBufferPointer { kept in
                        let items = UnsafeBufferPointer(rebasing: items[row])
                        let codes = UnsafeBufferPointer(rebasing: codes[row])
                        let order = UnsafeBufferPointer(rebasing: kept[row])
                        live.order(said, among: items, UnsafeBufferPointer(rebasing: times[row]), order)
                        guard live.hasOrder else { return Self.cast(&ballot, row, of: ratings, said) }
                        live.forEachPart { part in
                            switch part {
                            case .file(let places):
                                ballot.cast(
                                    items, codes, inOrder: UnsafeBufferPointer(rebasing: order[places]), boost: boost,
                                    decay: decay)
                            case .said(let number):
                                ballot.cast(said[number].item, said[number].code, boost: boost, decay: decay)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func cast(_ ballot: inout Ballot, _ row: Range<Int>, of ratings: RatingMatrix, _ said: [LiveRating]) {
        ratings.items.withUnsafeBufferPointer { items in
            ratings.rowCodes.withUnsafeBufferPointer { codes in
                func cast(_ places: Range<Int>) {
                    ballot.cast(UnsafeBufferPointer(rebasing: items[places]), UnsafeBufferPointer(rebasing: codes[places]))
                }
                var next = row.lowerBound
                for rating in said where rating.holds {
                    if rating.place != LiveRating.absent {
                        let place = row.lowerBound + Int(rating.place)
                        cast(next..<place)
                        next = place + 1
                    }
                    if rating.code > 0 { ballot.cast(rating.item, rating.code) }
                }
                cast(next..<row.upperBound)
            }
        }
    }
}
