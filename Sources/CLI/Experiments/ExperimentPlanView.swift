import Experiments
import Recommenders
import ServiceRuntime

/// Experiments in a table, a row for each variant.
enum ExperimentPlanView {
    static func text(of plan: ExperimentPlan, at moment: Timestamp) -> String {
        var table = Table(columns: [
            .init(title: "Experiment"), .init(title: "State"), .init(title: "From"), .init(title: "To"),
            .init(title: "Users", isRightAligned: true), .init(title: "Outcome"), .init(title: "Variant"),
            .init(title: "Share", isRightAligned: true), .init(title: "Sets"),
        ])
        for experiment in plan.experiments {
            for (place, variant) in experiment.variants.enumerated() {
                let about = [
                    experiment.name, experiment.state(at: moment).rawValue, String(experiment.start.iso8601.prefix(16)),
                    String(experiment.end.iso8601.prefix(16)), percent(experiment.users), experiment.outcome.rawValue,
                ]
                table.add(
                    (place == 0 ? about : about.map { _ in "" }) + [variant.name, percent(variant.share), settings(of: variant)])
            }
        }
        return table.text
    }

    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }

    private static func settings(of variant: ExperimentVariant) -> String {
        let query = variant.query
        let settings = [
            query.algorithm.map { "algorithm \($0.rawValue)" }, query.similarity.map { "similarity \($0.rawValue)" },
            query.neighbours.map { "neighbours \($0)" }, query.count.map { "count \($0)" },
        ].compactMap(\.self)
        return settings.isEmpty ? "nothing" : settings.joined(separator: ", ")
    }
}
