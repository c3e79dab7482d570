import Foundation
import Recommenders
import ServiceRuntime
import Yams

// experiments:
//   - name: als-on-the-first-page
//     start: 2026-11-24
//     end: 2026-12-22
//     users: 50%
//     window: 7d
//     outcome: ratings
//     variants:
//       - {name: as-before, share: 50%}
//       - {name: als, share: 50%, algorithm: implicit-als}
extension ExperimentPlan {
    private static let windows = Duration.seconds(10) ... .seconds(90 * 24 * 3600)
    private static let variantCounts = 2...10

    /// Reads a file of experiments, as docs/experiments.md describes it.
    package init(readingFile path: String) throws(ExperimentsFileError) {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            throw ExperimentsFileError(line: nil, problem: "it cannot be read, or is not UTF-8 text")
        }
        try self.init(yaml: text)
    }

    package init(yaml text: String) throws(ExperimentsFileError) {
        let fields = try YAMLFields(
            Self.root(of: text), "a mapping with the list \"experiments\"", known: ["experiments"])
        var experiments: [Experiment] = []
        for node in try fields.list("experiments") {
            let line = node.mark?.line
            let experiment = try Self.experiment(node)
            for other in experiments {
                if let problem = experiment.conflict(with: other) { throw ExperimentsFileError(line: line, problem: problem) }
            }
            experiments.append(experiment)
        }
        self.init(experiments)
    }

    private static func root(of text: String) throws(ExperimentsFileError) -> Node {
        do {
            if let root = try compose(yaml: text) { return root }
        } catch let error as YamlError {
            throw ExperimentsFileError(error)
        } catch {
            throw ExperimentsFileError(line: nil, problem: "it is no YAML")
        }
        throw ExperimentsFileError(line: nil, problem: "it is empty; write \"experiments: []\" for no experiments")
    }

    private static func experiment(_ node: Node) throws(ExperimentsFileError) -> Experiment {
        let fields = try YAMLFields(
            node, "an experiment", known: ["name", "salt", "start", "end", "users", "window", "outcome", "variants"])
        let (start, end) = (try fields.moment("start"), try fields.moment("end"))
        guard start < end else { throw fields.error("end", "is not after start") }
        guard end.since(start) <= Experiment.longestRun else { throw fields.error("end", "is more than 400 days after start") }
        let experiment = Experiment(
            name: try fields.name("name"), salt: try fields.text("salt"), start: start, end: end,
            users: try fields.share("users") ?? 1,
            window: try fields.duration("window", in: windows) ?? .seconds(7 * 24 * 3600),
            outcome: try fields.choice("outcome", Outcome.self) ?? .ratings, variants: try variants(fields))
        guard end.since(start) / experiment.period <= Double(Experiment.mostPeriods) else {
            throw fields.error("window", "is shorter than a thousandth of the experiment")
        }
        return experiment
    }

    private static func variants(_ experiment: YAMLFields) throws(ExperimentsFileError) -> [ExperimentVariant] {
        var variants: [ExperimentVariant] = []
        for node in try experiment.list("variants") {
            let fields = try YAMLFields(
                node, "a variant", known: ["name", "share"] + ExperimentParameter.allCases.map(\.rawValue))
            let name = try fields.name("name")
            guard !variants.contains(where: { $0.name == name }) else { throw fields.error("name", "is \(name) a second time") }
            guard let share = try fields.share("share") else { throw fields.error("share", "is missing") }
            var query = RecommendationQuery()
            query.algorithm = try fields.choice("algorithm", Algorithm.self)
            query.similarity = try fields.choice("similarity", Similarity.self)
            query.neighbours = try fields.integer("neighbours", in: RecommendationQuery.neighboursRange)
            query.count = try fields.integer("count", in: RecommendationQuery.countRange)
            variants.append(ExperimentVariant(name: name, share: share, query: query))
        }
        guard variantCounts.contains(variants.count) else {
            throw experiment.error("variants", "are \(variants.count); 2 to 10 are possible")
        }
        let total = variants.reduce(0) { $0 + $1.share }
        guard abs(total - 1) < 0.000_5 else {
            let percent = (total * 1000).rounded() / 10
            throw experiment.error(
                "variants", "have shares of \(percent) % together; they share all users of the experiment, so it must be 100 %")
        }
        return variants
    }
}

extension Experiment {
    /// Why it cannot stand beside `other`; nil when it can.
    fileprivate func conflict(with other: Experiment) -> String? {
        if name == other.name { return "there are two experiments named \(name)" }
        if salt == other.salt { return "\(name) has the salt of \(other.name), and would draw the same users for its variants" }
        let shared = ExperimentParameter.allCases.filter { parameters.contains($0) && other.parameters.contains($0) }
        guard start < other.end, other.start < end, !shared.isEmpty else { return nil }
        return """
            \(name) and \(other.name) overlap: both set \(shared.map(\.rawValue).joined(separator: " and ")) at the same time, \
            and a user can have but one
            """
    }
}

extension ExperimentsFileError {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(line: mark.line, problem: "it is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            self.init(line: context.mark.line, problem: "\(names.joined(separator: ", ")) stands there twice")
        default:
            self.init(line: nil, problem: "it is no YAML")
        }
    }
}
