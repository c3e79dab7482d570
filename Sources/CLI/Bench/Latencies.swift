/// How long the same thing took many times, in milliseconds.
struct Latencies {
    private let sorted: [Double]

    init(_ durations: [Duration]) {
        sorted = durations.map { $0 / .milliseconds(1) }.sorted()
    }

    /// The shortest time that at least `share` of all do not exceed (the nearest-rank percentile); 0 of none.
    func percentile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(max(Int((share * Double(sorted.count)).rounded(.up)) - 1, 0), sorted.count - 1)]
    }

    var count: Int { sorted.count }

    var mean: Double { sorted.isEmpty ? 0 : sorted.reduce(0, +) / Double(sorted.count) }

    var json: JSON {
        [
            "count": .integer(sorted.count), "meanMs": .number(mean), "p50Ms": .number(percentile(0.5)),
            "p90Ms": .number(percentile(0.9)), "p99Ms": .number(percentile(0.99)), "maximumMs": .number(percentile(1)),
        ]
    }
}
