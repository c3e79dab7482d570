/// Sorts the ratings of one bucket of users by user and item, and of repeated ones keeps the one that holds.
struct RatingBucketSort {
    private let rows: RatingRows
    private let users: Range<Int>
    private let places: Range<Int>
    private let itemCount: Int

    init(_ rows: RatingRows, bucket: Int, itemCount: Int) {
        self.rows = rows
        users = rows.bucketUsers[bucket]..<rows.bucketUsers[bucket + 1]
        places = rows.places(ofBucket: bucket)
        self.itemCount = itemCount
    }

    /// Leaves the ratings that hold at the front of the bucket's place.
    ///
    /// - Parameter kept: gets the number of each user's ratings that hold.
    func run(kept: UnsafeMutableBufferPointer<UInt32>) {
        if isInOrder {
            for user in users { kept[user] = UInt32(rows.starts[user + 1] - rows.starts[user]) }
            return
        }
        let keys = sortedKeys()
        // What stands there is overwritten, so the originals have to be kept.
        let codes = Array(rows.codes[places])
        let times = Array(rows.times[places])
        keys.withUnsafeBufferPointer { keys in
            codes.withUnsafeBufferPointer { codes in
                times.withUnsafeBufferPointer { times in
                    var end = places.lowerBound
                    for user in users {
                        let rowStart = end
                        for key in keys[rows.starts[user] - places.lowerBound..<rows.starts[user + 1] - places.lowerBound] {
                            let item = UInt32(truncatingIfNeeded: key >> 32)
                            let place = Int(UInt32(truncatingIfNeeded: key))
                            let isRepeated = end > rowStart && rows.items[end - 1] == item
                            if isRepeated && times[place] < rows.times[end - 1] { continue }
                            if isRepeated { end -= 1 }
                            rows.items[end] = item
                            rows.codes[end] = codes[place]
                            rows.times[end] = times[place]
                            end += 1
                        }
                        kept[user] = UInt32(end - rowStart)
                    }
                }
            }
        }
    }

    /// Whether the rows lie as they are to lie, as they do in a file that is sorted.
    private var isInOrder: Bool {
        guard !places.isEmpty else { return true }
        for place in places.dropFirst() {
            let (user, before) = (rows.users[place], rows.users[place - 1])
            guard before < user || (before == user && rows.items[place - 1] < rows.items[place]) else { return false }
        }
        return true
    }

    /// An item above a place in the bucket, by user, then item, then place: a radix sort from the last digit.
    private func sortedKeys() -> [UInt64] {
        let count = places.count
        let itemBits = max(1, Int.bitWidth - max(0, itemCount - 1).leadingZeroBitCount)
        let passes = (itemBits + 10) / 11
        let digitBits = (itemBits + passes - 1) / passes
        var keys = [UInt64](unsafeUninitializedCapacity: count) { keys, filled in
            for place in 0..<count {
                keys.initializeElement(at: place, to: UInt64(rows.items[places.lowerBound + place]) << 32 | UInt64(place))
            }
            filled = count
        }
        var other = [UInt64](repeating: 0, count: count)
        for pass in 0..<passes {
            let shift = UInt64(32 + pass * digitBits)
            let mask = UInt64(1) << UInt64(digitBits) - 1
            Self.deal(keys, to: &other, digits: 1 << digitBits) { Int($0 >> shift & mask) }
            swap(&keys, &other)
        }
        let (first, rowUsers) = (UInt32(users.lowerBound), UnsafeBufferPointer(rebasing: rows.users[places]))
        Self.deal(keys, to: &other, digits: users.count) { Int(rowUsers[Int(UInt32(truncatingIfNeeded: $0))] - first) }
        return other
    }

    /// One pass of the sort: by digit, of equal ones in the order in which they come.
    @inline(__always) private static func deal(
        _ keys: [UInt64], to other: inout [UInt64], digits: Int, digit: (UInt64) -> Int
    ) {
        var next = [Int](repeating: 0, count: digits)
        keys.withUnsafeBufferPointer { keys in
            next.withUnsafeMutableBufferPointer { next in
                other.withUnsafeMutableBufferPointer { other in
                    for key in keys { next[digit(key)] += 1 }
                    var start = 0
                    for digit in next.indices {
                        let count = next[digit]
                        next[digit] = start
                        start += count
                    }
                    for key in keys {
                        let place = digit(key)
                        other[next[place]] = key
                        next[place] += 1
                    }
                }
            }
        }
    }
}
