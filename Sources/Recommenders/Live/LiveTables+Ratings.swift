/// The ratings of file and live words together.
extension LiveTables {
    /// - Returns: nil where the file's row is all there is.
    @inline(__always)
    func touched(_ user: UInt32) -> LiveUser? {
        isTouched(user) ? users[Int(user)] : nil
    }

    @inline(__always)
    func isRemoved(_ user: UInt32) -> Bool {
        size.removedUsers > 0 && users[Int(user)]?.isRemoved ?? false
    }

    /// Whether the user said anything, or left.
    @inline(__always)
    func isTouched(_ user: UInt32) -> Bool { (userCounts[Int(user)] ?? Self.untouched) != Self.untouched }

    @inline(__always)
    func ratingCount(ofUser user: UInt32) -> Int {
        guard let count = userCounts[Int(user)], count != Self.untouched else { return file.rowIfKnown(user).count }
        return Int(count)
    }

    func ratingCount(ofItem item: UInt32) -> Int {
        file.columnIfKnown(item).count + Int(items[Int(item)]?.count ?? 0)
    }

    /// Calls `body` with a user's ratings by ascending item, each with what was said of it since.
    @inline(__always)
    func forEachRating(
        of user: UInt32, _ body: (_ item: UInt32, _ code: UInt8, _ time: UInt32, _ said: LiveRating?) -> Void
    ) {
        let live = touched(user)
        guard live?.isRemoved != true else { return }
        file.forEachRating(of: file.rowIfKnown(user), overlaidWith: live?.ratings ?? [], body)
    }

    /// - Returns: nil where the user did not rate the item.
    func code(of item: UInt32, by user: UInt32) -> UInt8? {
        if let live = touched(user) {
            if live.isRemoved { return nil }
            var (low, high) = (0, live.ratings.count)
            while low < high {
                let middle = (low + high) / 2
                if live.ratings[middle].item < item { low = middle + 1 } else { high = middle }
            }
            if low < live.ratings.count, live.ratings[low].item == item {
                let code = live.ratings[low].currentCode
                return code == 0 ? nil : code
            }
        }
        let row = file.rowIfKnown(user)
        return file.place(of: item, in: row).map { file.rowCodes[row.lowerBound + $0] }
    }

    /// Calls `body` with an item's ratings by ascending user.
    func forEachRating(ofItem item: UInt32, _ body: (_ user: UInt32, _ code: UInt8) -> Void) {
        let column = file.columnIfKnown(item)
        let someAreGone = size.removedUsers > 0
        var next = column.lowerBound
        func take(_ places: Range<Int>) {
            for place in places where !someAreGone || !isRemoved(file.users[place]) {
                body(file.users[place], file.columnCodes[place])
            }
        }
        for vote in items[Int(item)]?.votes ?? [] {
            let start = next
            while next < column.upperBound, file.users[next] < vote.user { next += 1 }
            take(start..<next)
            if next < column.upperBound, file.users[next] == vote.user { next += 1 }
            if vote.code > 0 { body(vote.user, vote.code) }
        }
        take(next..<column.upperBound)
    }
}
