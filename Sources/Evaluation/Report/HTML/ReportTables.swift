/// The tables of a report.
struct ReportTables {
    let report: EvaluationReport

    /// One row per algorithm; the best of each metric stands out.
    var main: String {
        let table = report.table()
        let metrics = table.header.map { title in report.usualMetrics.first { $0.title == title } }
        let header = table.header.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined()
        let rows = zip(table.rows, report.algorithms).map { cells, algorithm in
            let columns = zip(cells, metrics).map { cell, metric in
                let isBest = metric.map { self.isBest(algorithm, $0) } ?? false
                return "<td\(isBest ? " class=\"best\"" : "")>\(cell.escapedForHTML)</td>"
            }
            return "<tr>\(columns.joined())</tr>"
        }
        return Self.table(header, rows)
    }

    /// Every metric with its interval and its difference from the baseline, folded away.
    var all: String {
        let header =
            "<th scope=\"col\">metric</th>"
            + report.algorithms.map { "<th scope=\"col\">\($0.name.escapedForHTML)</th>" }.joined()
        let rows = Metric.all(at: report.cutoffs)
            .filter { metric in report.algorithms.contains { $0[metric] != nil } }
            .map { metric in
                let cells = report.algorithms.map { "<td>\($0[metric].map { cell($0, metric) } ?? "–")</td>" }
                return "<tr><td>\(metric.title.escapedForHTML)</td>\(cells.joined())</tr>"
            }
        return """
            <details>
            <summary>All metrics, with intervals and differences from the baseline</summary>
            \(Self.table(header, rows))
            </details>
            """
    }

    private func cell(_ estimate: MetricEstimate, _ metric: Metric) -> String {
        var lines = [metric.text(of: estimate.value)]
        if let interval = estimate.interval {
            lines.append("<small>\(metric.text(of: interval.low)) – \(metric.text(of: interval.high))</small>")
        }
        if let difference = estimate.difference {
            let isGood = (difference.value > 0) != metric.isLowerBetter
            let style = difference.isClear ? (isGood ? " class=\"clear-good\"" : " class=\"clear-bad\"") : ""
            lines.append("<small\(style)>Δ \(metric.signedText(of: difference.value))</small>")
        }
        return lines.joined(separator: "<br>")
    }

    private func isBest(_ algorithm: AlgorithmReport, _ metric: Metric) -> Bool {
        let values = report.algorithms.compactMap { $0[metric]?.value }
        return values.count > 1 && algorithm[metric]?.value == (metric.isLowerBetter ? values.min() : values.max())
    }

    private static func table(_ header: String, _ rows: [String]) -> String {
        """
        <div class="scroll" tabindex="0">
        <table>
        <thead><tr>\(header)</tr></thead>
        <tbody>
        \(rows.joined(separator: "\n"))
        </tbody>
        </table>
        </div>
        """
    }
}
