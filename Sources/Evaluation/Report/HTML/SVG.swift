/// The few shapes that the plots are made of. Texts are escaped here.
enum SVG {
    static func figure(_ title: String, width: Double, height: Double, _ parts: [String]) -> String {
        """
        <svg viewBox="0 0 \(number(width)) \(number(height))" role="img" aria-label="\(title.escapedForHTML)">
        \(parts.joined(separator: "\n"))
        </svg>
        """
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" class=\"\(style)\"/>"
    }

    static func text(_ x: Double, _ y: Double, _ text: String, _ style: String) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" class=\"\(style)\">\(text.escapedForHTML)</text>"
    }

    static func polyline(_ points: [(x: Double, y: Double)], _ style: String) -> String {
        let list = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        return "<polyline points=\"\(list)\" class=\"\(style)\"/>"
    }

    /// A shape of its own for each of four series after each other, so that colour is not all that tells them apart.
    static func marker(_ x: Double, _ y: Double, series: Int, size: Double) -> String {
        let style = "class=\"marker s\(series % 8)\""
        func polygon(_ points: [(Double, Double)]) -> String {
            let list = points.map { "\(number(x + $0.0 * size)),\(number(y + $0.1 * size))" }.joined(separator: " ")
            return "<polygon points=\"\(list)\" \(style)/>"
        }
        return switch series % 4 {
        case 0: "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(size))\" \(style)/>"
        case 1: polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case 2: polygon([(0, -1.2), (1.1, 0.8), (-1.1, 0.8)])
        default: polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
        }
    }

    private static func number(_ value: Double) -> String {
        FixedNumber.text(value, places: 2).replacing("−", with: "-")
    }
}
