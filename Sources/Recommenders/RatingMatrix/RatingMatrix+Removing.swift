extension RatingMatrix {
    /// The same users and items, in the same places, without some of the ratings.
    ///
    /// - Parameters:
    ///   - removed: the items to be taken out of each row: those of user `u` stand in `removed[removedStarts[u] ..< removedStarts[u + 1]]`.
    ///   - removedStarts: `userCount + 1` ascending elements from 0 to `removed.count`.
    /// - Precondition: every user's removed items ascend strictly and are in the user's row.
    /// - Complexity: O(ratings log removed of a user), on all cores; memory for the result and a word per user.
    package func removing(
        _ removed: FlatArray<UInt32>, startingAt removedStarts: FlatArray<Int>, threads: Int = Parallel.coreCount
    ) -> RatingMatrix {
        precondition(removedStarts.count == userCount + 1 && removedStarts.last == removed.count)
        let removal = Removal(starts: removedStarts, items: removed)
        let rowStarts = FlatArray((0...userCount).map { self.rowStarts[$0] - removedStarts[$0] })
        var columnStarts = Array(self.columnStarts)
        var removedBefore = 0
        let removedPerItem = removal.counts(itemCount: itemCount)
        for item in 0..<itemCount {
            removedBefore += removedPerItem[item]
            columnStarts[item + 1] -= removedBefore
        }
        let count = ratingCount - removed.count
        var rowCodes: FlatArray<UInt8> = []
        var rowTimes: FlatArray<UInt32> = []
        let items = FlatArray<UInt32>(count: count) { items in
            rowCodes = FlatArray(count: count) { codes in
                rowTimes = FlatArray(count: count) { times in
                    fillRows(without: removal, starts: rowStarts, items, codes, times, threads: threads)
                }
            }
        }
        var columnCodes: FlatArray<UInt8> = []
        let starts = FlatArray(columnStarts)
        let users = FlatArray<UInt32>(count: count) { users in
            columnCodes = FlatArray(count: count) { codes in
                fillColumns(without: removal, starts: starts, users, codes, threads: threads)
            }
        }
        return RatingMatrix(
            rowStarts: rowStarts, items: items, rowCodes: rowCodes, rowTimes: rowTimes, columnStarts: starts, users: users,
            columnCodes: columnCodes)
    }

    private func fillRows(
        without removal: Removal, starts: FlatArray<Int>, _ items: UnsafeMutableBufferPointer<UInt32>,
        _ codes: UnsafeMutableBufferPointer<UInt8>, _ times: UnsafeMutableBufferPointer<UInt32>, threads: Int
    ) {
        nonisolated(unsafe) let (items, codes, times) = (items, codes, times)
        Parallel.forEachRange(of: userCount, stride: 4096, threads: threads) { users in
            for user in users {
                var next = starts[user]
                for place in row(user) where !removal.contains(user: user, item: self.items[place]) {
                    items[next] = self.items[place]
                    codes[next] = rowCodes[place]
                    times[next] = rowTimes[place]
                    next += 1
                }
                precondition(next == starts[user + 1], "a rating to be removed is not in the matrix")
            }
        }
    }

    private func fillColumns(
        without removal: Removal, starts: FlatArray<Int>, _ users: UnsafeMutableBufferPointer<UInt32>,
        _ codes: UnsafeMutableBufferPointer<UInt8>, threads: Int
    ) {
        nonisolated(unsafe) let (users, codes) = (users, codes)
        Parallel.forEachRange(of: itemCount, stride: 64, threads: threads) { columns in
            for item in columns {
                var next = starts[item]
                for place in column(item) {
                    let user = self.users[place]
                    guard !removal.contains(user: Int(user), item: UInt32(item)) else { continue }
                    users[next] = user
                    codes[next] = columnCodes[place]
                    next += 1
                }
            }
        }
    }
}

/// Which ratings go.
private struct Removal: Sendable {
    let starts: FlatArray<Int>
    let items: FlatArray<UInt32>

    func contains(user: Int, item: UInt32) -> Bool {
        var low = starts[user]
        var high = starts[user + 1]
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low < starts[user + 1] && items[low] == item
    }

    func counts(itemCount: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: itemCount)
        for item in items { counts[Int(item)] += 1 }
        return counts
    }
}
