import Histogram

/// How long something took many times, in microseconds with three significant digits (HdrHistogram), however many there are.
struct LatencyHistogram: Sendable {
    private var histogram = Histogram<UInt32>(numberOfSignificantValueDigits: .three)

    mutating func record(nanoseconds: Int64) {
        histogram.record(UInt64(max(nanoseconds, 0)) / 1000)
    }

    mutating func add(_ other: LatencyHistogram) { histogram.add(other.histogram) }

    var count: Int { Int(histogram.totalCount) }

    /// In milliseconds; 0 when nothing was recorded.
    var maximum: Double { Double(histogram.maxRecorded) / 1000 }

    var mean: Double { histogram.mean / 1000 }

    /// What that share of all did not exceed, in milliseconds; 0 when nothing was recorded.
    func percentile(_ percent: Double) -> Double { Double(histogram.valueAtPercentile(percent)) / 1000 }

    /// How many took longer.
    func count(above milliseconds: Double) -> Int {
        let limit = UInt64(milliseconds * 1000)
        guard count > 0, histogram.maxRecorded > limit else { return 0 }
        return Int(histogram.count(within: limit + 1...histogram.maxRecorded))
    }

    var json: JSON {
        [
            "count": .integer(count), "meanMs": .number(mean), "p50Ms": .number(percentile(50)),
            "p90Ms": .number(percentile(90)), "p99Ms": .number(percentile(99)), "p999Ms": .number(percentile(99.9)),
            "maximumMs": .number(maximum),
        ]
    }
}
