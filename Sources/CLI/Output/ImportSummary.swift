import Recommenders

/// What `kindred import` tells of an import that succeeded.
struct ImportSummary {
    let dataset: String
    let output: String
    let report: ImportReport
    let duration: Duration

    var text: String {
        var lines = [
            "\(dataset.onOneLine) is in \(output.onOneLine).",
            "    users    \(report.users.grouped)",
            "    items    \(report.items.grouped)\(note(report.unratedItems, "without ratings"))",
            "    ratings  \(report.ratings.grouped)\(note(report.duplicates, "replaced by later ones"))",
            "    speed    \(Int(rowsPerSecond).grouped) rows/s, \(seconds.rounded(toDigits: 2)) s in all",
        ]
        if report.badRows > 0 {
            lines.append("    left out \(report.badRows.grouped) bad \(report.badRows == 1 ? "row" : "rows"):")
            lines += report.firstBadRows.map { "      \($0.onOneLine)" }
            let others = report.badRows - report.firstBadRows.count
            if others > 0 { lines.append("      and \(others.grouped) more") }
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "dataset": .string(dataset), "output": .string(output), "users": .integer(report.users),
            "items": .integer(report.items), "unratedItems": .integer(report.unratedItems),
            "ratings": .integer(report.ratings), "ratingRows": .integer(report.ratingRows),
            "duplicates": .integer(report.duplicates), "badRows": .integer(report.badRows),
            "firstBadRows": .strings(report.firstBadRows), "seconds": .number(seconds),
            "rowsPerSecond": .number(rowsPerSecond.rounded()),
        ]
    }

    private var seconds: Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private var rowsPerSecond: Double { seconds > 0 ? Double(report.ratingRows) / seconds : 0 }

    private func note(_ count: Int, _ text: String) -> String {
        count > 0 ? " (\(count.grouped) \(text))" : ""
    }
}
