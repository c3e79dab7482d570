package import Metrics
import Synchronization

/// All metrics of the process, in memory, and their page for Prometheus.
///
/// A label and its dimensions name one value, however often it is made and by whom; an update of it takes no lock of the whole
/// and allocates nothing. Making one does both, so whoever counts often keeps the metric.
package final class PrometheusMetrics: MetricsFactory, Sendable {
    private struct State {
        var families: [String: MetricFamily] = [:]
        var help: [String: String] = [:]
        var refusals: Set<String> = []
    }

    private let service: String
    private let state = Mutex(State())

    package init(service: String = "kindred") {
        self.service = service
    }

    /// Says what a metric counts; the text stands above it on the page.
    package func describe(_ label: String, _ help: String) {
        state.withLock { $0.help[MetricName.metric(label)] = help }
    }

    /// The page in Prometheus' text format, version 0.0.4: the metrics by name, then those of the process itself.
    package func exposition() -> String {
        var page = PrometheusPage()
        let (families, help, refusals) = state.withLock { ($0.families, $0.help, $0.refusals) }
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            page.beginFamily(name, type: family.kind.rawValue, help: help[name])
            for (labels, cell) in family.cells.sorted(by: { $0.key < $1.key }) {
                cell.write(to: &page, name: name, labels: labels)
            }
        }
        ProcessMetrics.write(to: &page)
        page.beginFamily("kindred_build_info", type: "gauge", help: "Always 1; its labels say what runs here.")
        page.sample(
            "kindred_build_info", labels: MetricName.labels([("service", service), ("version", kindredVersion)]), value: 1)
        for refusal in refusals.sorted() { page.comment(refusal) }
        return page.text
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(MetricName.metric(label), dimensions, kind: .counter) { CounterCell() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        cell(MetricName.metric(label), dimensions, kind: .counter) { CounterCell() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(MetricName.metric(label), dimensions, kind: .gauge) { GaugeCell() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let name = MetricName.metric(label)
        guard aggregate else { return cell(name, dimensions, kind: .gauge) { GaugeCell() } }
        let bounds = name.hasSuffix(MetricName.secondsSuffix) ? HistogramCell.seconds : HistogramCell.amounts
        return cell(name, dimensions, kind: .histogram) { HistogramCell(bounds: bounds) }
    }

    /// A timer is a histogram of seconds; a label that does not end in `_seconds` gets that ending.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(MetricName.timer(label), dimensions, kind: .histogram) { HistogramCell(bounds: HistogramCell.seconds) }
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// The cell of this name and these dimensions, made at the first call.
    ///
    /// A name that is already taken by another kind of metric is refused: its updates go nowhere, and the page says so.
    private func cell<Cell: MetricCell>(
        _ name: String, _ dimensions: [(String, String)], kind: MetricFamily.Kind, make: () -> Cell
    ) -> Cell {
        let labels = MetricName.labels(dimensions, reserved: kind == .histogram ? ["le"] : [])
        return state.withLock { state in
            var family = state.families[name] ?? MetricFamily(kind: kind)
            guard family.kind == kind else {
                state.refusals.insert("\(name) is a \(family.kind.rawValue), so the \(kind.rawValue) of that name is not shown")
                return make()
            }
            if let known = family.cells[labels] as? Cell { return known }
            let cell = make()
            family.cells[labels] = cell
            state.families[name] = family
            return cell
        }
    }

    /// - Complexity: O(metrics).
    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for name in state.families.keys {
                guard let labels = state.families[name]?.cells.first(where: { $0.value === handler })?.key else { continue }
                state.families[name]?.cells[labels] = nil
                if state.families[name]?.cells.isEmpty == true { state.families[name] = nil }
                return
            }
        }
    }
}
