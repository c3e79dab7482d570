import Recommenders

/// All that a run of an evaluation says, in the form in which it is kept (JSON with these names).
package struct EvaluationReport: Hashable, Sendable, Codable {
    /// Which form this is: `kindred-evaluation/1`.
    package var format = "kindred-evaluation/1"
    /// When it was run, as ISO 8601; nil where nobody said.
    package var date: String?
    /// The command with its options; empty where it was run in another way.
    package var command: [String]
    package var dataset: DatasetSummary
    package var split: SplitSummary
    package var cutoffs: [Int]
    /// The name of the algorithm that the others are compared with.
    package var baseline: String?
    package var bootstrap: BootstrapSummary
    /// Of how many users' lists the diversity was taken.
    package var diversityUsers: Int
    package var algorithms: [AlgorithmReport]

    package struct BootstrapSummary: Hashable, Sendable, Codable {
        package var resamples: Int
        package var seed: UInt64
        package var level: Double
    }

    /// - Parameters:
    ///   - outcomes: of `evaluator`, in the order of the report.
    ///   - baseline: one of the outcomes' names.
    package init(
        dataset: DatasetSummary, split: SplitSummary, evaluator: Evaluator, outcomes: [AlgorithmOutcome], baseline: String?,
        bootstrap: Bootstrap = Bootstrap(), command: [String] = [], date: String? = nil
    ) {
        self.date = date
        self.command = command
        self.dataset = dataset
        self.split = split
        self.baseline = baseline
        cutoffs = evaluator.cutoffs
        diversityUsers = min(evaluator.diversityUsers, evaluator.set.users.count)
        self.bootstrap = BootstrapSummary(resamples: bootstrap.resamples, seed: bootstrap.seed, level: bootstrap.level)
        let comparison = Comparison(
            outcomes, baseline: baseline.flatMap { name in outcomes.firstIndex { $0.name == name } }, bootstrap: bootstrap)
        let profileSizes = evaluator.set.users.map { evaluator.set.training.row($0).count }
        algorithms = zip(outcomes, comparison.estimates).map { outcome, estimates in
            AlgorithmReport(outcome, estimates, profileSizes: profileSizes)
        }
    }
}
