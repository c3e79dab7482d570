/// The metrics that share a name and differ in their dimensions.
struct MetricFamily {
    /// By the names that the page uses.
    enum Kind: String {
        case counter, gauge, histogram
    }

    let kind: Kind
    /// By their labels as the page shows them.
    var cells: [String: any MetricCell] = [:]

    init(kind: Kind) {
        self.kind = kind
    }
}

/// One metric's value, which any number of threads may update.
protocol MetricCell: AnyObject, Sendable {
    func write(to page: inout PrometheusPage, name: String, labels: String)
}
