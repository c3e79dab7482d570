/// Collects ratings in any order and makes the rows of a rating matrix of them.
struct RatingCollector {
    private var users: [UInt32] = []
    private var items: [UInt32] = []
    private var codes: [UInt8] = []
    /// Seconds since 1970.
    private var times: [Int64] = []

    /// - Parameter expectedCount: a guess from above costs nothing: memory that is never touched is never given out.
    init(expectedCount: Int) {
        users.reserveCapacity(expectedCount)
        items.reserveCapacity(expectedCount)
        codes.reserveCapacity(expectedCount)
        times.reserveCapacity(expectedCount)
    }

    var count: Int { users.count }

    mutating func add(user: UInt32, item: UInt32, code: UInt8, time: Int64) {
        users.append(user)
        items.append(item)
        codes.append(code)
        times.append(time)
    }

    /// The matrix in which user `u` has row `userRanks[u]` and item `i` column `itemRanks[i]`.
    ///
    /// Of several ratings of one item by one user the one with the latest time holds, of equal times the one added last.
    ///
    /// - Precondition: fewer than 2³² ratings; the ranks are permutations.
    consuming func matrix(userRanks: [UInt32], itemRanks: [UInt32]) -> (ratings: RatingMatrix, duplicates: Int) {
        // A counting sort by row, which keeps the order of adding within each row.
        var ends = [Int](repeating: 0, count: userRanks.count + 1)
        for user in users { ends[Int(userRanks[Int(user)]) + 1] += 1 }
        for row in 0..<userRanks.count { ends[row + 1] += ends[row] }
        var order = [UInt32](repeating: 0, count: count)
        for place in 0..<count {
            let row = Int(userRanks[Int(users[place])])
            order[ends[row]] = UInt32(place)
            ends[row] += 1
        }

        var rowStarts = [0]
        rowStarts.reserveCapacity(userRanks.count + 1)
        var rowItems: [UInt32] = []
        rowItems.reserveCapacity(count)
        var rowCodes: [UInt8] = []
        rowCodes.reserveCapacity(count)
        var rowTimes: [UInt32] = []
        rowTimes.reserveCapacity(count)
        var row: [UInt64] = []
        var start = 0
        for end in ends.dropLast() {
            // The item in the upper half and the place in the lower: sorting these sorts by item, then by adding.
            row.removeAll(keepingCapacity: true)
            for place in order[start..<end] {
                row.append(UInt64(itemRanks[Int(items[Int(place)])]) << 32 | UInt64(place))
            }
            row.sort()
            var newest = Int64.min
            for entry in row {
                let item = UInt32(entry >> 32)
                let place = Int(entry & 0xFFFF_FFFF)
                let isRepeated = rowItems.count > rowStarts[rowStarts.count - 1] && rowItems[rowItems.count - 1] == item
                if !isRepeated {
                    rowItems.append(item)
                    rowCodes.append(codes[place])
                    rowTimes.append(UInt32(clamping: times[place]))
                    newest = times[place]
                } else if times[place] >= newest {
                    rowCodes[rowCodes.count - 1] = codes[place]
                    rowTimes[rowTimes.count - 1] = UInt32(clamping: times[place])
                    newest = times[place]
                }
            }
            rowStarts.append(rowItems.count)
            start = end
        }
        let matrix = RatingMatrix(itemCount: itemRanks.count, rowStarts: rowStarts, items: rowItems, rowCodes: rowCodes, rowTimes: rowTimes)
        return (matrix, count - matrix.ratingCount)
    }
}
