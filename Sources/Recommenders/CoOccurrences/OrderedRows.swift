#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The rows of a rating matrix with the covered items only: in the order in which the ratings were given, of equal times by ascending item,
/// where ranks are needed; else the most rated items first, so that sums over them are met in the order in which they lie.
struct OrderedRows {
    let rowStarts: [Int]
    /// Places in the list of covered items.
    let items: [UInt32]
    let weights: [Float]
    /// How many of the row's ratings were given before, all items counted, at most 65,535; empty where none was asked for.
    let ranks: [UInt16]

    init(
        _ ratings: RatingMatrix, itemsByRank: [UInt32], needsRanks: Bool, weighting: CoOccurrences.Weighting, scale: RatingScale,
        userDamping: Double, leavingOut: [Int: Int], threads: Int
    ) {
        let opinions: [Float]? = if case .opinion(let opinion) = weighting { opinion.weights(on: scale) } else { nil }
        var positions = [Int32](repeating: -1, count: ratings.itemCount)
        for (position, item) in itemsByRank.enumerated() { positions[Int(item)] = Int32(position) }
        var rowStarts = [0]
        rowStarts.reserveCapacity(ratings.userCount + 1)
        for user in 0..<ratings.userCount {
            let leftOut = leavingOut[user]
            let covered = ratings.row(user).count { positions[Int(ratings.items[$0])] >= 0 && $0 != leftOut }
            rowStarts.append(rowStarts[user] + covered)
        }
        let count = rowStarts[ratings.userCount]
        var items = [UInt32](repeating: 0, count: count)
        var weights = [Float](repeating: 0, count: count)
        var ranks = [UInt16](repeating: 0, count: needsRanks ? count : 0)
        items.withUnsafeMutableBufferPointer { items in
            weights.withUnsafeMutableBufferPointer { weights in
                ranks.withUnsafeMutableBufferPointer { ranks in
                    let (items, weights, ranks) = (SharedBuffer(items), SharedBuffer(weights), SharedBuffer(ranks))
                    Parallel.forEachRange(of: ratings.userCount, stride: 256, threads: threads) { [positions, rowStarts] users in
                        for user in users {
                            let length = Double(rowStarts[user + 1] - rowStarts[user])
                            let damping = Float(pow(max(length, 1), -userDamping / 2))
                            var next = rowStarts[user]
                            let leftOut = leavingOut[user]
                            let values = opinions ?? Self.distances(ratings.rowCodes[ratings.row(user)], upTo: scale.maximumCode)
                            let ordered = Self.ordered(ratings.row(user)) { place in
                                needsRanks ? ratings.rowTimes[place] : UInt32(bitPattern: positions[Int(ratings.items[place])])
                            }
                            for (place, rank) in ordered where place != leftOut {
                                let position = positions[Int(ratings.items[place])]
                                guard position >= 0 else { continue }
                                items[next] = UInt32(position)
                                weights[next] = values[Int(ratings.rowCodes[place])] * damping
                                if needsRanks { ranks[next] = UInt16(clamping: rank) }
                                next += 1
                            }
                        }
                    }
                }
            }
        }
        (self.rowStarts, self.items, self.weights, self.ranks) = (rowStarts, items, weights, ranks)
    }

    /// By code, how many steps it is above the mean of `codes`, plus one.
    private static func distances(_ codes: some Collection<UInt8>, upTo maximum: UInt8) -> [Float] {
        let mean = Float(codes.reduce(0) { $0 + Int($1) }) / Float(max(codes.count, 1))
        return (0...Int(maximum)).map { Float($0) - mean + 1 }
    }

    /// The places of a row by ascending key, of equal keys the lower first, and how many have lower keys.
    private static func ordered(_ row: Range<Int>, by key: (Int) -> UInt32) -> [(place: Int, rank: UInt32)] {
        // The place behind the key, so that one comparison orders by both.
        var keys = row.map { UInt64(key($0)) << 32 | UInt64($0 - row.lowerBound) }
        keys.sort()
        var ordered: [(place: Int, rank: UInt32)] = []
        ordered.reserveCapacity(keys.count)
        for (position, key) in keys.enumerated() {
            let isTied = position > 0 && keys[position - 1] >> 32 == key >> 32
            let rank = isTied ? ordered[position - 1].rank : UInt32(position)
            ordered.append((row.lowerBound + Int(key & 0xFFFF_FFFF), rank))
        }
        return ordered
    }
}
