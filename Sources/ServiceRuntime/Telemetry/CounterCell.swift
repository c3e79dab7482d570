import Metrics
import Synchronization

/// A sum that only grows, until it is reset.
///
/// Whole numbers and fractions are added up apart, so that a count of many events stays exact.
final class CounterCell: MetricCell, CounterHandler, FloatingPointCounterHandler {
    private let whole = Atomic<Int64>(0)
    private let fractions = Atomic<Double>(0)

    /// Negative amounts are left out: to Prometheus a counter that falls is a process that was restarted.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        whole.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Negative amounts and what is no number are left out.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        fractions.add(amount)
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fractions.store(0, ordering: .relaxed)
    }

    func write(to page: inout PrometheusPage, name: String, labels: String) {
        let fractions = fractions.load(ordering: .relaxed)
        let whole = whole.load(ordering: .relaxed)
        if fractions == 0 {
            page.sample(name, labels: labels, value: whole)
        } else {
            page.sample(name, labels: labels, value: Double(whole) + fractions)
        }
    }
}

extension Atomic<Double> {
    func add(_ amount: Double) {
        var known = load(ordering: .relaxed)
        while true {
            let (isExchanged, found) = weakCompareExchange(expected: known, desired: known + amount, ordering: .relaxed)
            if isExchanged { return }
            known = found
        }
    }
}
