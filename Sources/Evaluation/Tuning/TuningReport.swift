package import Foundation

/// What a search for parameters found, in the form in which it is kept (JSON with these names) and which training reads.
package struct TuningReport: Hashable, Sendable, Codable {
    /// Which form this is: `kindred-tuning/1`.
    package var format = "kindred-tuning/1"
    /// When it was run, as ISO 8601; nil where nobody said.
    package var date: String?
    /// The command with its options; empty where it was run in another way.
    package var command: [String] = []
    package var algorithm: String
    package var dataset: DatasetSummary
    /// Its part is always `validation`.
    package var split: SplitSummary
    /// The metric that was to be as good as it can be.
    package var objective: String
    package var strategy: SearchStrategy
    package var seed: UInt64
    /// The winner's parameters, by name.
    package var parameters: ParameterSet
    /// The winner's metric on validation, which is a little too good because it was chosen by it.
    package var value: Double
    /// The metric with the initial parameters.
    package var initialValue: Double
    /// In the order in which they were made; the first has the initial parameters.
    package var trials: [TuningTrial]
    package var seconds: Double

    /// The same report gives the same bytes.
    package func json() throws -> Data { try StableJSON.encode(self) }

    package init(json: Data) throws {
        self = try JSONDecoder().decode(TuningReport.self, from: json)
    }

    init(
        algorithm: String, dataset: DatasetSummary, split: SplitSummary, objective: Metric, strategy: SearchStrategy,
        seed: UInt64, best: TuningTrial, trials: [TuningTrial], seconds: Double
    ) {
        self.algorithm = algorithm
        self.dataset = dataset
        self.split = split
        self.objective = objective.description
        self.strategy = strategy
        self.seed = seed
        parameters = best.parameters
        value = best.value ?? 0
        initialValue = trials.first?.value ?? 0
        self.trials = trials
        self.seconds = seconds
    }
}
