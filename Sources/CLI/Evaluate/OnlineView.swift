import Evaluation

/// An evaluation over time for the terminal.
struct OnlineView {
    let report: OnlineReport

    var text: String {
        let sampled = report.predictions < report.learnedRatings ? ", a sample by seed \(report.seed)" : ""
        let newcomers = report.newcomers
        return """
            \(report.dataset.name.onOneLine), online: \(report.trainingRatings.grouped) ratings known at the start, \
            \(report.learnedRatings.grouped) learned \(report.stride.grouped) at a time, \(report.predictions.grouped) of \
            \(report.users.grouped) users predicted\(sampled)

            \(table(report.table))

            \(table(report.windowTable))

            \(newcomers.predictions.grouped) predictions of users without a profile are in none of these: popularity got \
            \(newcomers.frozenHitRate.rounded(toDigits: 4)) frozen, \(newcomers.onlineHitRate.rounded(toDigits: 4)) online.
            """
    }

    private func table(_ source: ReportTable) -> String {
        var table = Table(
            columns: zip(source.header, source.isNumber).map { Table.Column(title: $0, isRightAligned: $1) })
        for row in source.rows { table.add(row) }
        return table.text
    }
}
