import Evaluation

/// What a search found, for the terminal.
struct TuningView {
    let report: TuningReport
    let path: String

    var text: String {
        var table = Table(columns: [.init(title: "parameter"), .init(title: "value", isRightAligned: true)])
        for (name, value) in report.parameters.sorted(by: { $0.key < $1.key }) { table.add([name, value.description]) }
        return """
            \(report.algorithm): \(report.objective) \(report.value.rounded(toDigits: 4)) on validation, \
            \(report.initialValue.rounded(toDigits: 4)) at the start; \(report.trials.count.grouped) trials in \
            \(report.seconds.rounded(toDigits: 0)) s

            \(table.text)

            Written to \(path.onOneLine). Next: kindred train --parameters \(path.onOneLine)
            """
    }
}
