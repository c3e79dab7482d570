/// Puts the ratings of one row in the order in which they were given, those of one time by item.
///
/// A radix sort, least significant digit first (Knuth 5.2.5), since rows by the dozen are sorted for a list and comparisons would
/// take most of its time.
struct TimeOrder: Sendable {
    private static let digitBits = 10
    /// Below that many an insertion sort is faster.
    private static let shortRow = 48

    /// The time since the row's first in the upper half, the place in the row in the lower.
    private var keys: [UInt64] = []
    private var spare: [UInt64] = []
    private var counts = [Int](repeating: 0, count: 1 << digitBits)

    /// Calls `body` with the places of `row` of `ratings` in order of time, counted from the row's first: each in the lower half of
    /// a number.
    ///
    /// - Returns: false, without a call, when all times are alike.
    mutating func withPlaces(
        of row: Range<Int>, in ratings: RatingMatrix, _ body: (UnsafeBufferPointer<UInt64>) -> Void
    ) -> Bool {
        ratings.rowTimes.withUnsafeBufferPointer { withPlaces(of: row, in: $0, body) }
    }

    /// The same of a row whose times stand in `row` of `times`.
    mutating func withPlaces(
        of row: Range<Int>, in times: UnsafeBufferPointer<UInt32>, _ body: (UnsafeBufferPointer<UInt64>) -> Void
    ) -> Bool {
        var earliest = UInt32.max
        var latest = UInt32.min
        for place in row {
            earliest = min(earliest, times[place])
            latest = max(latest, times[place])
        }
        guard earliest < latest else { return false }
        if keys.count < row.count {
            keys = [UInt64](repeating: 0, count: row.count)
            spare = keys
        }
        let bits = UInt32.bitWidth - (latest - earliest).leadingZeroBitCount
        keys.withUnsafeMutableBufferPointer { keys in
            spare.withUnsafeMutableBufferPointer { spare in
                counts.withUnsafeMutableBufferPointer { counts in
                    let keys = UnsafeMutableBufferPointer(rebasing: keys[..<row.count])
                    for place in 0..<row.count {
                        keys[place] = UInt64(times[row.lowerBound + place] - earliest) << 32 | UInt64(place)
                    }
                    if row.count < Self.shortRow {
                        Self.insertionSort(keys)
                        body(UnsafeBufferPointer(keys))
                    } else {
                        let spare = UnsafeMutableBufferPointer(rebasing: spare[..<row.count])
                        body(UnsafeBufferPointer(Self.radixSort(keys, spare, counts, bits: bits)))
                    }
                }
            }
        }
        return true
    }

    /// What a key, or a place that is no key, says of the place.
    @inline(__always)
    static func place(_ key: some FixedWidthInteger & UnsignedInteger) -> Int { Int(UInt32(truncatingIfNeeded: key)) }

    private static func insertionSort(_ keys: UnsafeMutableBufferPointer<UInt64>) {
        for next in 1..<keys.count {
            let key = keys[next]
            var place = next
            while place > 0, keys[place - 1] > key {
                keys[place] = keys[place - 1]
                place -= 1
            }
            keys[place] = key
        }
    }

    /// - Returns: whichever of the two buffers holds the sorted keys.
    private static func radixSort(
        _ keys: UnsafeMutableBufferPointer<UInt64>, _ spare: UnsafeMutableBufferPointer<UInt64>,
        _ counts: UnsafeMutableBufferPointer<Int>, bits: Int
    ) -> UnsafeMutableBufferPointer<UInt64> {
        // Digits of one size, so that no pass is for a bit or two.
        let passes = (bits + digitBits - 1) / digitBits
        let digit = (bits + passes - 1) / passes
        let mask = UInt64(1) << UInt64(digit) - 1
        var (from, to) = (keys, spare)
        for pass in 0..<passes {
            let shift = UInt64(32 + pass * digit)
            for value in 0...Int(mask) { counts[value] = 0 }
            for key in from { counts[Int(key >> shift & mask)] += 1 }
            var start = 0
            for value in 0...Int(mask) { (counts[value], start) = (start, start + counts[value]) }
            for key in from {
                let value = Int(key >> shift & mask)
                to[counts[value]] = key
                counts[value] += 1
            }
            swap(&from, &to)
        }
        return from
    }
}
