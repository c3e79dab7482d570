/// The rows of a data set merged with what was said since: the first half of a compaction.
struct CompactedRows {
    private let base: RatingMatrix
    private let baseItemCount: Int
    private let userCount: Int
    private let folder: String
    private let items: DiskArray<UInt32>
    private let codes: DiskArray<UInt8>
    private let times: DiskArray<UInt32>
    private let places: DiskArray<UInt16>
    private var changes: DiskSort<ColumnChange>
    private var starts = [0]
    /// By number, whether the item is in the new data set: by ratings, if not in the old one.
    private var hasItem: [Bool]
    /// By number, the user's row in the new data set.
    private var newUsers: [UInt32] = []
    private var hasTimes = false
    private var counts = CompactionCounts()
    private var order = TimeOrder()
    private var row = MergedRow()

    private static let gone = UInt32.max

    /// - Parameters:
    ///   - userCount: with those who are new.
    ///   - itemCount: likewise.
    init(
        _ base: RatingMatrix, userCount: Int, itemCount: Int, folder: String, runLength: Int
    ) throws(FileError) {
        self.base = base
        self.userCount = userCount
        self.folder = folder
        baseItemCount = base.itemCount
        items = try DiskArray(inFolder: folder)
        codes = try DiskArray(inFolder: folder)
        times = try DiskArray(inFolder: folder)
        places = try DiskArray(inFolder: folder)
        changes = DiskSort(inFolder: folder, runLength: runLength)
        hasItem = (0..<itemCount).map { $0 < base.itemCount }
        starts.reserveCapacity(userCount + 1)
        newUsers.reserveCapacity(userCount)
    }

    /// - Parameter removed: the users of whom nothing remains.
    mutating func merge(_ words: DiskSort<RatingWord>.Merge, without removed: Set<UInt32>) throws(FileError) {
        var words = words
        var said: [RatingWord] = []
        for user in 0..<userCount {
            said.removeAll(keepingCapacity: true)
            while let word = words.first, word.user == UInt32(user) {
                // The greatest version comes last.
                if said.last?.item == word.item { said.removeLast() }
                said.append(word)
                _ = words.next()
            }
            let places = user < base.userCount ? base.row(user) : 0..<0
            if removed.contains(UInt32(user)) {
                try dropRow(places, of: UInt32(user))
            } else {
                try mergeRow(places, of: UInt32(user), with: said)
            }
            let isGone = items.count == starts[starts.count - 1]
            newUsers.append(isGone ? Self.gone : UInt32(starts.count - 1))
            if !isGone { starts.append(items.count) }
            counts.goneUsers += isGone && !places.isEmpty ? 1 : 0
            counts.newUsers += !isGone && places.isEmpty ? 1 : 0
        }
    }

    private mutating func dropRow(_ places: Range<Int>, of user: UInt32) throws(FileError) {
        for place in places { try changes.add(ColumnChange(item: base.items[place], user: user, code: 0)) }
        counts.removed += places.count
    }

    private mutating func mergeRow(
        _ places: Range<Int>, of user: UInt32, with said: [RatingWord]
    ) throws(FileError) {
        row.removeAll()
        var next = places.lowerBound
        for word in said {
            let start = next
            while next < places.upperBound, base.items[next] < word.item { next += 1 }
            row.append(base, start..<next)
            var old: (code: UInt8, time: UInt32)?
            if next < places.upperBound, base.items[next] == word.item {
                old = (base.rowCodes[next], base.rowTimes[next])
                next += 1
            }
            try take(word, over: old)
        }
        row.append(base, next..<places.upperBound)
        try write(isAsBefore: said.isEmpty, places)
    }

    private mutating func take(_ word: RatingWord, over old: (code: UInt8, time: UInt32)?) throws(FileError) {
        if let old, word.time < old.time {
            row.append(word.item, old.code, old.time)
            counts.older += 1
            return
        }
        if word.code > 0 {
            row.append(word.item, word.code, word.time)
            hasItem[Int(word.item)] = true
            if old == nil { counts.added += 1 } else { counts.replaced += 1 }
        } else if old != nil {
            counts.removed += 1
        }
        if word.code != old?.code ?? 0 { try changes.add(ColumnChange(item: word.item, user: word.user, code: word.code)) }
    }

    private mutating func write(isAsBefore: Bool, _ places: Range<Int>) throws(FileError) {
        try row.items.withUnsafeBufferPointer { (items) throws(FileError) in try self.items.append(contentsOf: items) }
        try row.codes.withUnsafeBufferPointer { (codes) throws(FileError) in try self.codes.append(contentsOf: codes) }
        try row.times.withUnsafeBufferPointer { (times) throws(FileError) in try self.times.append(contentsOf: times) }
        if !hasTimes { hasTimes = row.times.contains { $0 != 0 } }
        if isAsBefore, let known = base.timeOrder {
            try known.withUnsafeBufferPointer { (known) throws(FileError) in
                try self.places.append(contentsOf: UnsafeBufferPointer(rebasing: known[places]))
            }
        } else {
            row.orderInTime(with: &order)
            try row.places.withUnsafeBufferPointer { (places) throws(FileError) in
                try self.places.append(contentsOf: places)
            }
        }
    }

    /// All that the columns and the data set need of it.
    struct Finished {
        let starts: [Int]
        let items: FlatArray<UInt32>
        let codes: FlatArray<UInt8>
        let times: FlatArray<UInt32>
        let timeOrder: FlatArray<UInt16>?
        let changes: DiskSort<ColumnChange>.Merge
        let counts: CompactionCounts
        fileprivate let newUsers: [UInt32]
        fileprivate let newItems: [UInt32]

        /// - Returns: nil for a user who is left without ratings.
        func newUser(of user: Int) -> UInt32? { newUsers[user] == CompactedRows.gone ? nil : newUsers[user] }

        /// - Returns: nil for a new item that nobody rated after all.
        func newItem(of item: Int) -> UInt32? { newItems[item] == CompactedRows.gone ? nil : newItems[item] }

        var itemCount: Int { newItems.count }
        var hasGoneUsers: Bool { newUsers.contains(CompactedRows.gone) }
    }

    consuming func finish() throws(FileError) -> Finished {
        var newItems: [UInt32] = []
        var itemCount: UInt32 = 0
        for isThere in hasItem {
            newItems.append(isThere ? itemCount : Self.gone)
            itemCount += isThere ? 1 : 0
        }
        counts.newItems = Int(itemCount) - baseItemCount
        var items = try self.items.finish()
        if newItems.contains(Self.gone) {
            // Somebody took back what is not in the catalogue: items behind it move up.
            let moved = try DiskArray<UInt32>(inFolder: folder)
            for item in items { try moved.append(newItems[Int(item)]) }
            items = try moved.finish()
        }
        return Finished(
            starts: starts, items: items, codes: try codes.finish(), times: try times.finish(),
            timeOrder: hasTimes ? try places.finish() : nil, changes: try changes.sorted(), counts: counts, newUsers: newUsers,
            newItems: newItems)
    }
}

/// One row in the making.
private struct MergedRow {
    private(set) var items: [UInt32] = []
    private(set) var codes: [UInt8] = []
    private(set) var times: [UInt32] = []
    /// In order of time, as `RatingMatrix.timeOrder` has them.
    private(set) var places: [UInt16] = []

    mutating func removeAll() {
        items.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
    }

    mutating func append(_ item: UInt32, _ code: UInt8, _ time: UInt32) {
        items.append(item)
        codes.append(code)
        times.append(time)
    }

    mutating func append(_ ratings: RatingMatrix, _ range: Range<Int>) {
        ratings.items.withUnsafeBufferPointer { items.append(contentsOf: $0[range]) }
        ratings.rowCodes.withUnsafeBufferPointer { codes.append(contentsOf: $0[range]) }
        ratings.rowTimes.withUnsafeBufferPointer { times.append(contentsOf: $0[range]) }
    }

    mutating func orderInTime(with order: inout TimeOrder) {
        places.removeAll(keepingCapacity: true)
        guard times.count <= RatingMatrix.longestOrderedRow else {
            places.append(contentsOf: repeatElement(0, count: times.count))
            return
        }
        let hasOrder = times.withUnsafeBufferPointer { times in
            order.withPlaces(of: times.indices, in: times) { sorted in
                for key in sorted { places.append(UInt16(truncatingIfNeeded: TimeOrder.place(key))) }
            }
        }
        if !hasOrder { for place in times.indices { places.append(UInt16(truncatingIfNeeded: place)) } }
    }
}
