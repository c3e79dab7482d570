import Recommenders

/// What `kindred import` tells of an import that succeeded.
struct ImportSummary {
    let dataset: String
    let output: String
    let scale: RatingScale
    let report: ImportReport
    let duration: Duration

    var text: String {
        var lines = [
            "\(dataset.onOneLine) is in \(output.onOneLine).",
            "    users    \(report.users.grouped)",
            "    items    \(report.items.grouped)\(note(report.unratedItems, "without ratings"))",
            "    ratings  \(report.ratings.grouped)\(note(report.duplicates, "replaced by later ones"))",
            "    scale    \(scaleText)",
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
            "scale": ["minimum": .number(scale.minimum), "maximum": .number(scale.maximum), "step": .number(scale.step)],
            "scaleNote": .optional(report.scaleNote),
            "ratings": .integer(report.ratings), "ratingRows": .integer(report.ratingRows),
            "duplicates": .integer(report.duplicates), "badRows": .integer(report.badRows),
            "firstBadRows": .strings(report.firstBadRows), "seconds": .number(seconds),
            "rowsPerSecond": .number(rowsPerSecond.rounded()),
        ]
    }

    private var scaleText: String {
        guard scale.maximumCode > 1 else { return "none: a rating says that an item was chosen" }
        let places = "\(scale.minimum.plain) to \(scale.maximum.plain) in steps of \(scale.step.plain)"
        return report.scaleNote.map { "\(places): \($0)" } ?? places
    }

    private var seconds: Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private var rowsPerSecond: Double { seconds > 0 ? Double(report.ratingRows) / seconds : 0 }

    private func note(_ count: Int, _ text: String) -> String {
        count > 0 ? " (\(count.grouped) \(text))" : ""
    }
}

extension Double {
    /// Without ".0".
    fileprivate var plain: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}
