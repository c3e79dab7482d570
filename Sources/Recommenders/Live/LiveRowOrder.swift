/// How a user's live ratings fall in between those of the file's row in the order in which they were given, those of one time by item.
///
/// The file knows the order of its row; so only the places of the live ratings are looked up in it, and the row is not sorted again.
struct LiveRowOrder: Sendable {
    enum Part {
        /// A stretch of the file's order.
        case file(Range<Int>)
        /// The number of a live rating.
        case said(Int)
    }

    /// Where in the file's order stand ratings that are replaced, ascending.
    private var replaced: [Int] = []
    /// Live ratings by time and item: where in the file's order they come in, and their numbers.
    private var incoming: [(time: UInt32, number: Int, position: Int)] = []
    private var length = 0
    /// Whether not all ratings were given at once, as they are where times are not known.
    private(set) var hasOrder = false

    /// - Parameters:
    ///   - items: of the file's row, like `times`.
    ///   - order: places in it in order of time.
    mutating func order(
        _ said: [LiveRating], among items: UnsafeBufferPointer<UInt32>, _ times: UnsafeBufferPointer<UInt32>,
        _ order: UnsafeBufferPointer<UInt16>
    ) {
        replaced.removeAll(keepingCapacity: true)
        incoming.removeAll(keepingCapacity: true)
        length = order.count
        for (number, rating) in said.enumerated() where rating.holds {
            if rating.place != LiveRating.absent {
                let time = times[Int(rating.place)]
                replaced.append(Self.position(of: time, rating.item, in: items, times, order))
            }
            if rating.code > 0 {
                let position = Self.position(of: rating.time, rating.item, in: items, times, order)
                incoming.append((rating.time, number, position))
            }
        }
        replaced.sort()
        // Their numbers ascend by item.
        incoming.sort { ($0.time, $0.number) < ($1.time, $1.number) }
        var (earliest, latest) = (incoming.first?.time ?? .max, incoming.last?.time ?? .min)
        forEachPart { part in
            guard case .file(let places) = part else { return }
            earliest = min(earliest, times[Int(order[places.lowerBound])])
            latest = max(latest, times[Int(order[places.upperBound - 1])])
        }
        hasOrder = earliest < latest
    }

    /// Calls `body` with the row in order. Stretches are not empty.
    func forEachPart(_ body: (Part) -> Void) {
        var start = 0
        var skipped = 0
        func advance(to end: Int) {
            while skipped < replaced.count, replaced[skipped] < end {
                if start < replaced[skipped] { body(.file(start..<replaced[skipped])) }
                start = replaced[skipped] + 1
                skipped += 1
            }
            if start < end { body(.file(start..<end)) }
            start = max(start, end)
        }
        for rating in incoming {
            advance(to: rating.position)
            body(.said(rating.number))
        }
        advance(to: length)
    }

    /// The first position in `order` whose rating does not come before that of `item` at `time`.
    private static func position(
        of time: UInt32, _ item: UInt32, in items: UnsafeBufferPointer<UInt32>, _ times: UnsafeBufferPointer<UInt32>,
        _ order: UnsafeBufferPointer<UInt16>
    ) -> Int {
        let key = UInt64(time) << 32 | UInt64(item)
        var (low, high) = (0, order.count)
        // Most of what is said comes after all that the file has.
        if let last = order.last, UInt64(times[Int(last)]) << 32 | UInt64(items[Int(last)]) < key { return high }
        while low < high {
            let middle = (low + high) / 2
            let place = Int(order[middle])
            if UInt64(times[place]) << 32 | UInt64(items[place]) < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
