import Recommenders

extension RatingMatrix {
    /// Users with 0 to 20 ratings each, drawn by `seed`; few different times, so that many are equal.
    static func random(seed: UInt64, users: Int = 60, items: Int = 45, times: Int = 12) -> RatingMatrix {
        var generator = SplitMix64(seed: seed)
        var starts = [0]
        var rows: [UInt32] = []
        var codes: [UInt8] = []
        var seconds: [UInt32] = []
        for _ in 0..<users {
            var all = Array(0..<UInt32(items))
            generator.shuffle(&all)
            // Squared, so that some items are rated by many.
            let row = Set(all.prefix(generator.next(in: 0..<21)).map { $0 * $0 / UInt32(items) }).sorted()
            rows += row
            for _ in row {
                codes.append(UInt8(generator.next(in: 1..<11)))
                seconds.append(1000 + UInt32(generator.next(in: 0..<times)))
            }
            starts.append(rows.count)
        }
        return RatingMatrix(itemCount: items, rowStarts: starts, items: rows, rowCodes: codes, rowTimes: seconds)
    }

    /// The ratings one by one.
    var triples: Set<[UInt32]> {
        var triples: Set<[UInt32]> = []
        for user in 0..<userCount {
            for place in row(user) { triples.insert([UInt32(user), items[place], UInt32(rowCodes[place]), rowTimes[place]]) }
        }
        return triples
    }
}
