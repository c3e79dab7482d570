/// The page under construction: what one line of Prometheus' text format looks like.
struct PrometheusPage {
    private(set) var text = ""

    mutating func beginFamily(_ name: String, type: String, help: String? = nil) {
        if let help { text += "# HELP \(name) \(Self.onOneLine(help))\n" }
        text += "# TYPE \(name) \(type)\n"
    }

    /// - Parameter labels: as `MetricName.labels` makes them.
    mutating func sample(_ name: String, labels: String = "", value: Double) {
        line(name, labels, Self.number(value))
    }

    mutating func sample(_ name: String, labels: String = "", value: some BinaryInteger) {
        line(name, labels, String(value))
    }

    /// A line that Prometheus skips.
    mutating func comment(_ remark: String) {
        text += "# \(Self.onOneLine(remark))\n"
    }

    /// Whole numbers without a fraction, and Prometheus' own words for what is no number.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? value.description
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        text += name
        if !labels.isEmpty { text += "{\(labels)}" }
        text += " \(value)\n"
    }

    private static func onOneLine(_ remark: String) -> String {
        remark.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    }
}
