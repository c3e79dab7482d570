import Metrics
import Synchronization

/// How many of the values were at most so large, for a fixed row of bounds, and their sum.
final class HistogramCell: MetricCell, RecorderHandler, TimerHandler {
    /// From what the page cache answers to what a client no longer waits for.
    static let seconds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    /// For all that is not time: items, bytes, lengths of queues.
    static let amounts: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6, 1e7, 1e8]

    private struct State {
        /// By the place of the first bound that is not smaller; the last is for what is larger than all.
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// - Parameter bounds: ascending.
    init(bounds: [Double]) {
        self.bounds = bounds
        self.state = Mutex(State(counts: [UInt64](repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    /// What is no number is left out: it would make the sum useless for ever.
    func record(_ value: Double) {
        guard value.isFinite else { return }
        var place = 0
        while place < bounds.count && bounds[place] < value { place += 1 }
        state.withLock { state in
            state.counts[place] += 1
            state.sum += value
        }
    }

    func write(to page: inout PrometheusPage, name: String, labels: String) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        let separator = labels.isEmpty ? "" : ","
        var total: UInt64 = 0
        for (place, count) in counts.enumerated() {
            total += count
            let bound = place < bounds.count ? PrometheusPage.number(bounds[place]) : "+Inf"
            page.sample("\(name)_bucket", labels: "\(labels)\(separator)le=\"\(bound)\"", value: total)
        }
        page.sample("\(name)_sum", labels: labels, value: sum)
        page.sample("\(name)_count", labels: labels, value: total)
    }
}
