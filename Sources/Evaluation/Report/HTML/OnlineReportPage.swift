/// A report on an evaluation over time as one page that needs nothing else.
struct OnlineReportPage {
    let report: OnlineReport

    private var metric: Metric { .hitRate(report.cutoff) }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Evaluation over time on \(report.dataset.name.escapedForHTML)</title>
        <style>
        \(ReportStyle.css)
        </style>
        </head>
        <body>
        <main>
        <h1>Evaluation over time on \(report.dataset.name.escapedForHTML)</h1>
        <p class="soft">Each rating predicted before it was learned\(report.date.map { " · \($0.escapedForHTML)" } ?? "")</p>
        <p class="verdict">\(verdict)</p>
        <ul class="facts">\(facts)</ul>
        <h2>\(metric.title) over time</h2>
        \(legend)
        <div class="cards">
        \(report.algorithms.map(card).joined(separator: "\n"))
        </div>
        <h2>What learning gains</h2>
        <div class="cards">
        \(differences)
        </div>
        <h2>Figures</h2>
        \(table(report.table))
        <details open>
        <summary>\(metric.title) by the day on which each window begins</summary>
        \(table(report.windowTable))
        </details>
        <h2>How to read this</h2>
        \(explanation)
        </main>
        </body>
        </html>

        """
    }

    /// What gains most from learning, and whether that is more than chance.
    private var verdict: String {
        let gains = report.algorithms.flatMap { algorithm in
            algorithm.arms.compactMap { arm in arm.hitRate.difference.map { (algorithm, arm, $0) } }
        }
        guard let (algorithm, arm, difference) = gains.max(by: { $0.2.value < $1.2.value }) else {
            return "No algorithm was compared with one that learns."
        }
        let interval = difference.interval.map { " " + metric.text(of: $0) } ?? ""
        return """
            <b>\(algorithm.name.escapedForHTML)</b> gains most by learning: \(metric.title) \
            \(metric.text(of: arm.hitRate.value)) \(arm.name.escapedForHTML), \(metric.signedText(of: difference.value))\(interval) \
            from \(algorithm.arms[0].name.escapedForHTML): \
            \(difference.isClear ? "more than chance would give" : "not clearly more than chance would give").
            """
    }

    private var facts: String {
        report.facts.map { "<li><b>\(ReportPage.grouped($0.count))</b> \($0.name)</li>" }.joined()
    }

    private var armNames: [String] {
        report.algorithms.flatMap { $0.arms.map(\.name) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private var legend: String {
        let entries = armNames.enumerated().map { number, name in
            "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\">\(SVG.marker(7, 7, series: number, size: 5))</svg>"
                + "\(name.escapedForHTML)</li>"
        }
        return "<ul class=\"legend\">\(entries.joined())</ul>"
    }

    private func card(_ algorithm: OnlineReport.Algorithm) -> String {
        let series = algorithm.arms.map { arm in
            LinePlot.Series(
                number: armNames.firstIndex(of: arm.name) ?? 0,
                points: arm.windows.map { window in
                    window.map { window in
                        (window.value, window.interval.map { ($0.high - $0.low) / 2 } ?? 0)
                    }
                })
        }
        // The year and the month: days do not fit.
        let labels = report.windows.enumerated().map { $0 % 2 == 0 ? String($1.prefix(7)) : "" }
        let plot = LinePlot(
            title: "\(algorithm.name): \(metric.title) over time", labels: labels, horizontalTitle: "window that begins in …",
            series: series)
        return card(algorithm.name, "Bars are \(level) intervals.", plot.svg)
    }

    private var differences: String {
        let rows = report.algorithms.flatMap { algorithm in
            algorithm.arms.compactMap { arm in
                arm.hitRate.difference.map {
                    IntervalPlot.Row(
                        name: "\(algorithm.name), \(arm.name)", series: armNames.firstIndex(of: arm.name) ?? 0, value: $0.value,
                        interval: $0.interval, label: metric.signedText(of: $0.value), isBaseline: false)
                }
            }
        }
        guard !rows.isEmpty else { return "" }
        let title = "\(metric.title) less that of what does not learn"
        return card(
            title, "Bars that leave out 0 are more than chance would give.", IntervalPlot(title: title, rows: rows, reference: 0).svg)
    }

    private func card(_ title: String, _ note: String, _ plot: String) -> String {
        """
        <section class="card">
        <h3>\(title.escapedForHTML)</h3>
        <p class="note">\(note.escapedForHTML)</p>
        \(plot)
        </section>
        """
    }

    private func table(_ table: ReportTable) -> String {
        let header = table.header.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined()
        let rows = table.rows.map { "<tr>\($0.map { "<td>\($0.escapedForHTML)</td>" }.joined())</tr>" }
        return """
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

    private var level: String { "\(FixedNumber.text(report.bootstrap.level * 100, places: 0)) %" }

    private var explanation: String {
        let command = report.command.joined(separator: " ").escapedForHTML
        return """
            <p>All ratings were replayed in the order in which they were given. The first \(ReportPage.grouped(report.trainingRatings))
            were known at the start. Of each later one\(report.predictions < report.learnedRatings ? " in a sample" : "") it was asked,
            before it was learned, whether its item is among the first \(report.cutoff) of all that the user had not rated. The user's
            own ratings so far are always known; what differs is whether those of all others are. They are learned
            \(report.stride) at a time.</p>
            <p>Intervals are from \(report.bootstrap.resamples) draws of users with replacement. Users of whom nothing was known
            are in none of the figures: of \(ReportPage.grouped(report.newcomers.predictions)) such predictions popularity got
            \(metric.text(of: report.newcomers.frozenHitRate)) as it was at the start, and
            \(metric.text(of: report.newcomers.onlineHitRate)) as it was by then.</p>
            \(command.isEmpty ? "" : "<pre>\(command)</pre>")
            """
    }
}

extension OnlineReport {
    package var html: String { OnlineReportPage(report: self).html }
}
