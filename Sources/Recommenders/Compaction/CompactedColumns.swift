/// The columns of a data set merged with what changes in them: the second half of a compaction.
struct CompactedColumns {
    private(set) var starts = [0]
    let users: FlatArray<UInt32>
    let codes: FlatArray<UInt8>

    init(_ base: RatingMatrix, rows: CompactedRows.Finished, folder: String) throws(FileError) {
        let users = try DiskArray<UInt32>(inFolder: folder)
        let codes = try DiskArray<UInt8>(inFolder: folder)
        var changes = rows.changes
        let hasGoneUsers = rows.hasGoneUsers
        var (newUsers, newCodes): ([UInt32], [UInt8]) = ([], [])
        for item in 0..<rows.itemCount {
            guard rows.newItem(of: item) != nil else {
                while changes.first?.item == UInt32(item) { _ = changes.next() }
                continue
            }
            let column = item < base.itemCount ? base.column(item) : 0..<0
            newUsers.removeAll(keepingCapacity: true)
            newCodes.removeAll(keepingCapacity: true)
            func take(_ places: Range<Int>) {
                base.columnCodes.withUnsafeBufferPointer { newCodes.append(contentsOf: $0[places]) }
                base.users.withUnsafeBufferPointer { users in
                    if hasGoneUsers {
                        // Whoever has a rating left is there.
                        newUsers.append(contentsOf: users[places].lazy.map { rows.newUser(of: Int($0)) ?? 0 })
                    } else {
                        newUsers.append(contentsOf: users[places])
                    }
                }
            }
            var next = column.lowerBound
            while let change = changes.first, change.item == UInt32(item) {
                _ = changes.next()
                let start = next
                while next < column.upperBound, base.users[next] < change.user { next += 1 }
                take(start..<next)
                if next < column.upperBound, base.users[next] == change.user { next += 1 }
                guard change.code > 0, let user = rows.newUser(of: Int(change.user)) else { continue }
                newUsers.append(user)
                newCodes.append(change.code)
            }
            take(next..<column.upperBound)
            try newUsers.withUnsafeBufferPointer { (new) throws(FileError) in try users.append(contentsOf: new) }
            try newCodes.withUnsafeBufferPointer { (new) throws(FileError) in try codes.append(contentsOf: new) }
            starts.append(users.count)
        }
        self.users = try users.finish()
        self.codes = try codes.finish()
    }
}
