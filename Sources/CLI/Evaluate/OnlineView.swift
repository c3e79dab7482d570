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

            \(Self.table(report.table))

            \(Self.table(report.windowTable))

            \(newcomers.predictions.grouped) predictions of users without a profile are in none of these: popularity got \
            \(newcomers.frozenHitRate.rounded(toDigits: 4)) frozen, \(newcomers.onlineHitRate.rounded(toDigits: 4)) online.
            """
    }

    /// What questions to newcomers are worth.
    static func text(of report: ColdStartReport) -> String {
        """
        \(report.dataset.name.onOneLine), \(report.algorithm): \((report.orders.first?.users ?? 0).grouped) users asked, \
        \(report.targets.grouped) ratings of each to be found

        \(table(report.table))
        """
    }

    private static func table(_ source: ReportTable) -> String {
        var table = Table(
            columns: zip(source.header, source.isNumber).map { Table.Column(title: $0, isRightAligned: $1) })
        for row in source.rows { table.add(row) }
        return table.text
    }
}
