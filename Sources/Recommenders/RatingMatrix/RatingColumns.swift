/// The columns of a rating matrix, made from its rows by a counting sort on all cores.
///
/// The rows are cut into stretches. What each stretch has of each item is counted first, so that every stretch knows its own places
/// in every column and can fill them while others fill theirs.
struct RatingColumns {
    let starts: FlatArray<Int>
    let users: FlatArray<UInt32>
    let codes: FlatArray<UInt8>

    /// Stretches that are made at most; each takes memory for a count of every item.
    private static let maximumStretches = 16

    init(
        itemCount: Int, rowStarts: FlatArray<Int>, items: FlatArray<UInt32>, rowCodes: FlatArray<UInt8>, threads: Int
    ) {
        let stretches = Self.stretches(rowStarts, itemCount: itemCount)
        var places = Parallel.map(stretches.count, threads: threads) { number in
            var counts = [UInt32](repeating: 0, count: itemCount)
            // The array checks the items, which the filling then need not do again.
            items.withUnsafeBufferPointer { items in
                for place in rowStarts[stretches[number].lowerBound]..<rowStarts[stretches[number].upperBound] {
                    counts[Int(items[place])] += 1
                }
            }
            return counts
        }
        // From now on by stretch and item where in the item's column the stretch's first rating belongs.
        var starts = [0]
        starts.reserveCapacity(itemCount + 1)
        for item in 0..<itemCount {
            var count: UInt32 = 0
            for stretch in places.indices {
                let own = places[stretch][item]
                places[stretch][item] = count
                count += own
            }
            starts.append(starts[item] + Int(count))
        }
        let offsets = places
        let columnStarts = starts
        self.starts = FlatArray(starts)
        var codes: FlatArray<UInt8> = []
        users = FlatArray<UInt32>(count: items.count) { users in
            nonisolated(unsafe) let users = users
            codes = FlatArray<UInt8>(count: items.count) { codes in
                nonisolated(unsafe) let codes = codes
                Parallel.forEach(stretches.count, threads: threads) { number in
                    var next = offsets[number]
                    Self.fill(
                        users, codes, from: stretches[number], columnStarts: columnStarts, next: &next, rowStarts: rowStarts,
                        items: items, rowCodes: rowCodes)
                }
            }
        }
        self.codes = codes
    }

    /// Stretches of users with about as many ratings each. Their number depends on the ratings alone, not on the machine.
    private static func stretches(_ rowStarts: FlatArray<Int>, itemCount: Int) -> [Range<Int>] {
        let userCount = rowStarts.count - 1
        let ratingCount = rowStarts[userCount]
        let count = min(maximumStretches, max(1, ratingCount / max(1, 4 * itemCount)))
        var stretches: [Range<Int>] = []
        var first = 0
        for number in 1...count {
            var last = number == count ? userCount : first
            while last < userCount && rowStarts[last] < ratingCount / count * number { last += 1 }
            stretches.append(first..<last)
            first = last
        }
        return stretches
    }

    private static func fill(
        _ users: UnsafeMutableBufferPointer<UInt32>, _ codes: UnsafeMutableBufferPointer<UInt8>, from rows: Range<Int>,
        columnStarts: [Int], next: inout [UInt32], rowStarts: FlatArray<Int>, items: FlatArray<UInt32>, rowCodes: FlatArray<UInt8>
    ) {
        columnStarts.withUnsafeBufferPointer { columnStarts in
            next.withUnsafeMutableBufferPointer { next in
                rowStarts.withUnsafeBufferPointer { rowStarts in
                    items.withUnsafeBufferPointer { items in
                        rowCodes.withUnsafeBufferPointer { rowCodes in
                            for user in rows {
                                for place in rowStarts[user]..<rowStarts[user + 1] {
                                    let item = Int(items[place])
                                    let target = columnStarts[item] + Int(next[item])
                                    next[item] += 1
                                    users[target] = UInt32(truncatingIfNeeded: user)
                                    codes[target] = rowCodes[place]
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
