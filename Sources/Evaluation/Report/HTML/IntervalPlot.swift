/// A point with its interval for each algorithm, one below the other.
struct IntervalPlot {
    struct Row {
        let name: String
        /// The place in the report, which decides the colour and the shape.
        let series: Int
        let value: Double
        let interval: Interval?
        let label: String
        let isBaseline: Bool
    }

    let title: String
    let rows: [Row]
    /// Where a dashed line is drawn through the rows; nil for none.
    let reference: Double?

    private static let width = 360.0
    private static let rowHeight = 38.0

    var svg: String {
        let axis = PlotAxis(
            for: rows.flatMap { [$0.value] + ($0.interval.map { [$0.low, $0.high] } ?? []) } + (reference.map { [$0] } ?? []),
            pixels: 8...Self.width - 12)
        let bottom = Double(rows.count) * Self.rowHeight + 6
        var parts = axis.ticks.map { tick in
            let x = axis.position(tick)
            return SVG.line(x, 4, x, bottom, "grid") + SVG.text(x, bottom + 15, axis.label(tick), "tick middle")
        }
        for (number, row) in rows.enumerated() {
            let top = Double(number) * Self.rowHeight
            let middle = top + 29
            parts.append(SVG.text(8, top + 17, row.name + (row.isBaseline ? " (baseline)" : ""), "name"))
            parts.append(SVG.text(Self.width - 12, top + 17, row.label, "value end"))
            if let reference {
                parts.append(
                    SVG.line(axis.position(reference), middle - 8, axis.position(reference), middle + 8, "reference"))
            }
            if let interval = row.interval {
                let (low, high) = (axis.position(interval.low), axis.position(interval.high))
                parts.append(SVG.line(low, middle, high, middle, "whisker s\(row.series % 8)"))
            }
            parts.append(SVG.marker(axis.position(row.value), middle, series: row.series, size: 5))
        }
        return SVG.figure(title, width: Self.width, height: bottom + 22, parts)
    }
}
