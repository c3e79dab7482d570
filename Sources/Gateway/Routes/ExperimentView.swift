import Experiments
import Recommenders

/// What an experiment is about.
struct ExperimentView: JSONRepresentable {
    let experiment: Experiment
    let state: ExperimentReport.State

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("name", experiment.name)
            json.field("state", state.rawValue)
            json.field("start", experiment.start)
            json.field("end", experiment.end)
            json.field("users", experiment.users)
            json.field("windowSeconds", Int(experiment.window.components.seconds))
            json.field("outcome", experiment.outcome.rawValue)
            json.key("variants")
            json.array { json in
                for variant in experiment.variants { Self.write(variant, to: &json) }
            }
        }
    }

    private static func write(_ variant: ExperimentVariant, to json: inout JSONWriter) {
        json.object { json in
            json.field("name", variant.name)
            json.field("share", variant.share)
            json.field("algorithm", variant.query.algorithm?.rawValue)
            json.field("similarity", variant.query.similarity?.rawValue)
            json.field("neighbours", variant.query.neighbours)
            json.field("count", variant.query.count)
        }
    }
}
