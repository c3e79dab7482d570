import Metrics
import Synchronization

/// The newest of the values that it was given.
final class GaugeCell: MetricCell, MeterHandler, RecorderHandler {
    private let value = Atomic<Double>(0)

    func set(_ value: Int64) { self.value.store(Double(value), ordering: .relaxed) }
    func set(_ value: Double) { self.value.store(value, ordering: .relaxed) }
    func increment(by amount: Double) { value.add(amount) }
    func decrement(by amount: Double) { value.add(-amount) }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    func write(to page: inout PrometheusPage, name: String, labels: String) {
        page.sample(name, labels: labels, value: value.load(ordering: .relaxed))
    }
}
