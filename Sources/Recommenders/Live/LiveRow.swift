/// A user's row with live ratings merged into it, by ascending item, for what has to have it in one piece.
struct LiveRow: Sendable {
    private var items: [UInt32] = []
    private var codes: [UInt8] = []
    private var times: [UInt32] = []

    mutating func merge(_ row: Range<Int>, of file: RatingMatrix, _ said: [LiveRating]) {
        items.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
        file.forEachRating(of: row, overlaidWith: said) { item, code, time, _ in
            items.append(item)
            codes.append(code)
            times.append(time)
        }
    }

    func withRow(
        _ body: (
            _ items: UnsafeBufferPointer<UInt32>, _ codes: UnsafeBufferPointer<UInt8>, _ times: UnsafeBufferPointer<UInt32>
        ) -> Void
    ) {
        items.withUnsafeBufferPointer { items in
            codes.withUnsafeBufferPointer { codes in
                times.withUnsafeBufferPointer { times in body(items, codes, times) }
            }
        }
    }
}

extension RatingMatrix {
    /// Calls `body` with the ratings of a row by ascending item, each with what was said of it since.
    @inline(__always)
    func forEachRating(
        of row: Range<Int>, overlaidWith said: [LiveRating],
        _ body: (_ item: UInt32, _ code: UInt8, _ time: UInt32, _ said: LiveRating?) -> Void
    ) {
        func take(_ places: Range<Int>) {
            for place in places { body(items[place], rowCodes[place], rowTimes[place], nil) }
        }
        var next = row.lowerBound
        for rating in said {
            let start = next
            if rating.place == LiveRating.absent {
                while next < row.upperBound, items[next] < rating.item { next += 1 }
                take(start..<next)
            } else {
                next = row.lowerBound + Int(rating.place)
                take(start..<next)
                next += 1
            }
            guard rating.currentCode > 0 else { continue }
            body(rating.item, rating.currentCode, rating.holds ? rating.time : rowTimes[next - 1], rating)
        }
        take(next..<row.upperBound)
    }
}
