/// A report as one page that needs nothing else: no script, no font, no picture from elsewhere.
struct ReportPage {
    let report: EvaluationReport

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Evaluation on \(report.dataset.name.escapedForHTML)</title>
        <style>
        \(ReportStyle.css)
        </style>
        </head>
        <body>
        <main>
        \(header)
        <h2>How well each algorithm ranks</h2>
        <p class="note">Points are means over the same users, bars are \(level) intervals. A dashed line marks the baseline.</p>
        <div class="cards">
        \(ReportPlots(report: report).metrics.joined(separator: "\n"))
        </div>
        <h2>For whom, and for what</h2>
        \(ReportPlots(report: report).legend)
        <div class="cards">
        \(ReportPlots(report: report).breakdowns.joined(separator: "\n"))
        </div>
        <h2>Figures</h2>
        \(ReportTables(report: report).main)
        \(ReportTables(report: report).all)
        <h2>How to read this</h2>
        \(explanation)
        <h2>Settings</h2>
        \(settings)
        </main>
        </body>
        </html>

        """
    }

    private var level: String { "\(FixedNumber.text(report.bootstrap.level * 100, places: 0)) %" }

    private var header: String {
        let split = report.split
        let facts = [
            ("users", report.dataset.users), ("items", report.dataset.items), ("ratings", report.dataset.ratings),
            ("evaluated users", split.users), ("ratings to be found", split.heldOutRatings),
        ].map { "<li><b>\(Self.grouped($1))</b> \($0)</li>" }
        return """
            <h1>Evaluation on \(report.dataset.name.escapedForHTML)</h1>
            <p class="soft">Split \(split.method.escapedForHTML)\(report.date.map { " · \($0.escapedForHTML)" } ?? "")</p>
            <p class="verdict">\(verdict)</p>
            <ul class="facts">\(facts.joined())</ul>
            """
    }

    /// Who leads, and whether that is more than chance.
    private var verdict: String {
        let objective = report.objective
        let ranked = report.algorithms.sorted { ($0[objective]?.value ?? 0) > ($1[objective]?.value ?? 0) }
        guard let first = ranked.first, let estimate = first[objective] else { return "No algorithm was evaluated." }
        let value = "\(objective.title) \(objective.text(of: estimate.value))"
        guard let baseline = report.baseline, let difference = estimate.difference else {
            return "<b>\(first.name.escapedForHTML)</b> leads with \(value)."
        }
        let clearness =
            difference.isClear ? "more than chance would give" : "not clearly more than chance would give"
        return """
            <b>\(first.name.escapedForHTML)</b> leads with \(value), \(objective.signedText(of: difference.value)) from \
            \(baseline.escapedForHTML)\(difference.interval.map { " \(objective.text(of: $0))" } ?? ""): \(clearness).
            """
    }

    private var explanation: String {
        let n = report.cutoffs.first ?? 10
        return """
            <p>Some ratings of each user were taken out before anything was trained. Every algorithm then ranked <em>all</em>
            items that the user had not rated, and the figures say how high the missing ones came. Nothing is sampled, so the
            figures are lower than those of tables with a hundred random items, and comparable with each other.</p>
            <dl>
            <dt>HR@\(n)</dt><dd>share of users for whom a missing item is among the first \(n)</dd>
            <dt>NDCG@\(n)</dt><dd>the same, counting more the nearer to the top it stands</dd>
            <dt>Recall@\(n)</dt><dd>share of the missing items among the first \(n); divided by their number, or, where it says
            so, by \(n) if that is less</dd>
            <dt>MRR</dt><dd>one divided by the place of the first missing item</dd>
            <dt>Coverage@\(n)</dt><dd>share of the catalogue that is on anybody's list</dd>
            <dt>Novelty@\(n)</dt><dd>how rare the listed items are, in bits</dd>
            <dt>Diversity@\(n)</dt><dd>one minus the mean cosine of the listed items' raters</dd>
            <dt>Interval</dt><dd>\(report.bootstrap.resamples) draws of users with replacement, the same for all algorithms; a
            difference whose interval leaves out 0 is unlikely to be chance</dd>
            </dl>
            """
    }

    private var settings: String {
        let split = report.split
        var rows = [("split", split.method), ("ratings to be found", split.part.rawValue)]
        if let use = split.validationUse { rows.append(("validation ratings are", use.rawValue)) }
        if let seed = split.seed { rows.append(("seed of the split", "\(seed)")) }
        if let cut = split.cut { rows.append(("cut", "\(cut) s after 1970")) }
        rows.append(("training ratings", Self.grouped(split.trainingRatings)))
        rows.append(("users without a profile, left out", Self.grouped(split.usersWithoutProfile)))
        rows.append(("intervals", "\(report.bootstrap.resamples) resamples, seed \(report.bootstrap.seed), \(level)"))
        rows.append(("diversity", "of \(Self.grouped(report.diversityUsers)) users' lists"))
        for algorithm in report.algorithms where !algorithm.parameters.isEmpty {
            let parameters = algorithm.parameters.sorted { $0.key < $1.key }.map { "\($0) = \($1)" }
            rows.append((algorithm.name, parameters.joined(separator: ", ")))
        }
        let list = rows.map { "<dt>\($0.escapedForHTML)</dt><dd>\($1.escapedForHTML)</dd>" }.joined(separator: "\n")
        let command = report.command.map(Self.quoted).joined(separator: " ")
        return (command.isEmpty ? "" : "<pre>\(command.escapedForHTML)</pre>\n") + "<dl>\n\(list)\n</dl>"
    }

    /// As a shell reads it back.
    private static func quoted(_ argument: String) -> String {
        let isPlain =
            !argument.isEmpty && argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./,=:@+%".contains($0)) }
        return isPlain ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }

    /// With thin spaces between thousands.
    static func grouped(_ number: Int) -> String {
        let digits = String(number).reversed().enumerated()
        return String(digits.flatMap { $0 > 0 && $0 % 3 == 0 && $1 != "-" ? ["\u{202F}", $1] : [$1] }.reversed())
    }
}

extension EvaluationReport {
    package var html: String { ReportPage(report: self).html }
}
