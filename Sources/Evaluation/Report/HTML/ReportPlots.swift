/// The plots of a report, each in a card.
struct ReportPlots {
    let report: EvaluationReport

    /// A card for each of the metrics that matter most, and one for the difference from the baseline.
    var metrics: [String] {
        let cutoff = report.cutoffs.first ?? 10
        var metrics: [Metric] = [.ndcg(cutoff), .hitRate(cutoff)]
        if report.split.heldOutRatings > report.split.users { metrics.append(.recall(cutoff)) }
        metrics += [.reciprocalRank, .coverage(cutoff), .novelty(cutoff)]
        if report.algorithms.contains(where: { $0[.rootMeanSquaredError] != nil }) { metrics.append(.rootMeanSquaredError) }
        var cards = metrics.map(card)
        if let difference = differenceCard { cards.insert(difference, at: 1) }
        return cards
    }

    var breakdowns: [String] {
        let cutoff = report.cutoffs.first ?? 10
        return [
            lines(
                "\(Metric.ndcg(cutoff).title) by profile size", "Mean over the users with so many ratings to go by.",
                "ratings in the profile, from …", .ndcg(cutoff), \.byProfileSize),
            lines(
                "\(Metric.hitRate(cutoff).title) by profile size", "Share of those users for whom something was found.",
                "ratings in the profile, from …", .hitRate(cutoff), \.byProfileSize),
            lines(
                "Found by popularity",
                "Share of the missing ratings among the first \(cutoff), by how often their item is rated.",
                "training ratings of the item, from …", .recall(cutoff), \.byItemPopularity),
        ]
    }

    var legend: String {
        let entries = report.algorithms.enumerated().map { number, algorithm in
            "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\">\(SVG.marker(7, 7, series: number, size: 5))</svg>"
                + "\(algorithm.name.escapedForHTML)</li>"
        }
        return "<ul class=\"legend\">\(entries.joined())</ul>"
    }

    private func card(_ metric: Metric) -> String {
        let rows = ordered(by: metric).compactMap { number, algorithm in
            algorithm[metric].map {
                IntervalPlot.Row(
                    name: algorithm.name, series: number, value: $0.value, interval: $0.interval,
                    label: metric.text(of: $0.value),
                    isBaseline: algorithm.name == report.baseline)
            }
        }
        let reference = report.algorithms.first { $0.name == report.baseline }?[metric]?.value
        return card(metric.title, metric.note, IntervalPlot(title: metric.title, rows: rows, reference: reference).svg)
    }

    private var differenceCard: String? {
        let metric = report.objective
        let rows = ordered(by: metric).compactMap { number, algorithm in
            algorithm[metric]?.difference.map {
                IntervalPlot.Row(
                    name: algorithm.name, series: number, value: $0.value, interval: $0.interval,
                    label: metric.signedText(of: $0.value), isBaseline: false)
            }
        }
        guard let baseline = report.baseline, !rows.isEmpty else { return nil }
        let title = "\(metric.title) less that of \(baseline)"
        return card(
            title, "Bars that leave out 0 are more than chance would give.",
            IntervalPlot(title: title, rows: rows, reference: 0).svg)
    }

    private func lines(
        _ title: String, _ note: String, _ axis: String, _ metric: Metric, _ breakdown: KeyPath<AlgorithmReport, [BreakdownRow]>
    ) -> String {
        let starts = Set(report.algorithms.flatMap { $0[keyPath: breakdown].map(\.from) }).sorted()
        let series = report.algorithms.enumerated().map { number, algorithm in
            LinePlot.Series(
                number: number,
                points: starts.map { start in
                    let row = algorithm[keyPath: breakdown].first { $0.from == start }
                    return row?.metrics[metric.description].map { ($0.value, 1.96 * $0.standardError) }
                })
        }
        let labels = starts.map { $0 >= 1000 ? "\($0 / 1000)k" : "\($0)" }
        return card(title, note, LinePlot(title: title, labels: labels, horizontalTitle: axis, series: series).svg)
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

    /// Best first, with their places in the report.
    private func ordered(by metric: Metric) -> [(offset: Int, element: AlgorithmReport)] {
        let isBetter: (Double, Double) -> Bool = metric.isLowerBetter ? { $0 < $1 } : { $0 > $1 }
        return report.algorithms.enumerated().sorted {
            isBetter($0.element[metric]?.value ?? 0, $1.element[metric]?.value ?? 0)
        }
    }
}

extension Metric {
    /// In a line, for people.
    fileprivate var note: String {
        switch self {
        case .hitRate(let n): "Share of users for whom something was found in the first \(n)."
        case .ndcg: "How near to the top what was to be found stands."
        case .recall: "Share of what was to be found that was."
        case .reciprocalRank: "One divided by the place of the first one found."
        case .coverage: "Share of the catalogue that is on anybody's list."
        case .novelty: "How rare the listed items are, in bits."
        case .rootMeanSquaredError: "Of predicted ratings; the lower the better."
        default: ""
        }
    }
}
