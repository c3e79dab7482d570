/// Which numbers occur as ratings, as far as that matters for their scale.
struct ValueSurvey: Sendable {
    /// All of them, ascending; nil if they are more than a scale has places.
    let distinct: [Float]?
    let minimum: Float
    let maximum: Float
    let areWhole: Bool

    /// More different numbers than this have no scale.
    private static let limit = 255

    /// - Precondition: the chunks keep their values, and there is one.
    init(_ chunks: [RatingChunk], threads: Int) {
        let parts = Parallel.map(chunks.count, threads: threads) { Part(chunks[$0]) }
        minimum = parts.reduce(.infinity) { min($0, $1.minimum) }
        maximum = parts.reduce(-.infinity) { max($0, $1.maximum) }
        areWhole = parts.allSatisfy(\.areWhole)
        let all = parts.reduce(into: Set<Float>()) { $0.formUnion($1.distinct) }
        distinct = all.count > Self.limit ? nil : all.sorted()
    }

    private struct Part: Sendable {
        var distinct: Set<Float> = []
        var minimum = Float.infinity
        var maximum = -Float.infinity
        var areWhole = true

        init(_ chunk: RatingChunk) {
            guard let values = chunk.values else { return }
            // What was seen lately, so that most values need not be looked up in the set.
            var recent = [Float](repeating: .nan, count: 256)
            for place in 0..<chunk.count {
                let value = values[place]
                let slot = Int((value.bitPattern &* 0x9E37_79B1) >> 24)
                if recent[slot] == value { continue }
                recent[slot] = value
                minimum = min(minimum, value)
                maximum = max(maximum, value)
                areWhole = areWhole && value == value.rounded()
                if distinct.count <= ValueSurvey.limit { distinct.insert(value) }
            }
        }
    }
}
