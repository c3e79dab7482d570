import Evaluation

/// A report for the terminal.
struct EvaluationView {
    let report: EvaluationReport

    var text: String {
        let source = report.table()
        var table = Table(
            columns: zip(source.header, source.isNumber).map { Table.Column(title: $0, isRightAligned: $1) })
        for row in source.rows { table.add(row) }
        return "\(heading)\n\n\(table.text)"
    }

    /// "MovieLens ml-latest-small, leave-last-out (test): 610 users, 610 ratings to be found among 9,742 items"
    private var heading: String {
        let split = report.split
        return """
            \(report.dataset.name.onOneLine), \(split.method) (\(split.part.rawValue)): \(split.users.grouped) users, \
            \(split.heldOutRatings.grouped) ratings to be found among \(report.dataset.items.grouped) items
            """
    }
}
