/// A line for each algorithm over ranges of counts.
struct LinePlot {
    struct Series {
        /// The place in the report, which decides the colour and the shape.
        let number: Int
        /// By range, with half the length of the interval; nil where there is none.
        let points: [(value: Double, margin: Double)?]
    }

    let title: String
    /// Where each range begins.
    let labels: [String]
    let horizontalTitle: String
    let series: [Series]

    private static let width = 360.0
    private static let height = 236.0

    var svg: String {
        let bottom = Self.height - 40
        let points = series.flatMap { $0.points.compactMap { $0 } }
        // Long bars of ranges with few users are cut off rather than let flatten all the rest.
        let highest = points.map(\.value).max() ?? 1
        let top = min(points.map { $0.value + $0.margin }.max() ?? 1, 1.4 * highest)
        let axis = PlotAxis(for: [top], pixels: 0...bottom - 14)
        func y(_ value: Double) -> Double { bottom - min(axis.position(max(value, 0)), bottom - 6) }
        func x(_ place: Int) -> Double {
            48 + (Double(place) + 0.5) * (Self.width - 56) / Double(max(labels.count, 1))
        }
        var parts = axis.ticks.map { tick in
            SVG.line(44, y(tick), Self.width - 8, y(tick), "grid") + SVG.text(40, y(tick) + 4, axis.label(tick), "tick end")
        }
        for (place, label) in labels.enumerated() {
            parts.append(SVG.text(x(place), bottom + 15, label, "tick middle"))
        }
        parts.append(SVG.text(48 + (Self.width - 56) / 2, bottom + 34, horizontalTitle, "tick middle"))
        for (order, line) in series.enumerated() {
            // Side by side, so that the whiskers do not hide each other.
            let shift = (Double(order) - Double(series.count - 1) / 2) * 3
            let places = line.points.enumerated().compactMap { place, point in
                point.map { (x: x(place) + shift, value: $0.value, margin: $0.margin) }
            }
            parts.append(SVG.polyline(places.map { ($0.x, y($0.value)) }, "series s\(line.number % 8)"))
            for place in places {
                parts.append(
                    SVG.line(
                        place.x, y(place.value - place.margin), place.x, y(place.value + place.margin),
                        "thin s\(line.number % 8)"))
                parts.append(SVG.marker(place.x, y(place.value), series: line.number, size: 3.5))
            }
        }
        return SVG.figure(title, width: Self.width, height: Self.height, parts)
    }
}
