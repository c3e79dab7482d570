import Experiments
import Foundation

/// A report for people.
struct ExperimentReportView {
    let report: ExperimentReport

    var text: String {
        let time = "from \(report.start.prefix(16)) to \(report.end.prefix(16))"
        let heading =
            "\(report.name): \(report.state.rawValue), \(time), users observed for \(duration(report.windowSeconds)) each"
        let ratio =
            "Users per variant as meant: p = \(number(report.sampleRatio.pValue, places: 3))"
            + (report.sampleRatio.isMismatch ? " (they are not)" : "")
        return [heading, users, outcomes, ratio, report.verdict].joined(separator: "\n\n")
    }

    private var users: String {
        var table = Table(columns: [
            .init(title: "Variant"), .init(title: "Share", isRightAligned: true), .init(title: "Users", isRightAligned: true),
            .init(title: "Exposures", isRightAligned: true), .init(title: "Measured", isRightAligned: true),
        ])
        for variant in report.variants {
            table.add([
                variant.name, ExperimentPlanView.percent(variant.share), variant.users.grouped, variant.exposures.grouped,
                variant.measuredUsers.grouped,
            ])
        }
        return table.text
    }

    /// The outcome that decides first, then what else there was.
    private var outcomes: String {
        var table = Table(columns: [
            .init(title: "Outcome"), .init(title: "Variant"), .init(title: "So far", isRightAligned: true),
            .init(title: "Per user", isRightAligned: true), .init(title: "Uplift", isRightAligned: true),
            .init(title: "95 % any time", isRightAligned: true), .init(title: "P any time", isRightAligned: true),
            .init(title: "95 % if once", isRightAligned: true),
        ])
        let outcomes = [report.outcome] + Outcome.allCases.filter { $0 != report.outcome }
        for outcome in outcomes {
            let measures = report.variants.map { variant in (variant.name, variant.outcomes.first { $0.outcome == outcome }) }
            guard outcome == report.outcome || measures.contains(where: { ($0.1?.total ?? 0) > 0 }) else { continue }
            for (place, (name, measure)) in measures.enumerated() {
                guard let measure else { continue }
                let uplift = measure.uplift
                table.add([
                    place == 0 ? outcome.rawValue : "", name, measure.total.grouped, number(measure.perUser, places: 3),
                    uplift.map { percent($0.value) } ?? "–", interval(uplift?.low, uplift?.high),
                    uplift.map { probability($0.pValue) } ?? "–", interval(uplift?.lowOnce, uplift?.highOnce),
                ])
            }
        }
        return table.text
    }

    private func interval(_ low: Double?, _ high: Double?) -> String {
        guard let low, let high else { return "–" }
        return "\(percent(low)) … \(percent(high))"
    }

    private func probability(_ value: Double) -> String { value < 0.0001 ? "< 0.0001" : number(value, places: 4) }

    private func percent(_ share: Double) -> String { (share < 0 ? "−" : "+") + number(abs(share) * 100, places: 1) + " %" }

    private func number(_ number: Double, places: Int) -> String { String(format: "%.\(places)f", number) }

    private func duration(_ seconds: Int64) -> String {
        for (unit, length) in [("d", 86_400), ("h", 3600), ("min", 60)] as [(String, Int64)] where seconds % length == 0 {
            return "\(seconds / length) \(unit)"
        }
        return "\(seconds) s"
    }
}
