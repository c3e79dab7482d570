package import Foundation

/// What an evaluation over time says, in the form in which it is kept (JSON with these names).
package struct OnlineReport: Hashable, Sendable, Codable {
    /// Which form this is: `kindred-online-evaluation/1`.
    package var format = "kindred-online-evaluation/1"
    package var date: String?
    package var command: [String]
    package var dataset: DatasetSummary
    package var cutoff: Int
    /// How many ratings were known at the start, how many came in, and how many of those were predicted.
    package var trainingRatings: Int
    package var learnedRatings: Int
    package var predictions: Int
    /// Of whom something was predicted.
    package var users: Int
    /// Ratings that are learned at a time.
    package var stride: Int
    package var seed: UInt64
    package var bootstrap: EvaluationReport.BootstrapSummary
    /// The day on which each begins, as in 2018-09-24.
    package var windows: [String]
    package var newcomers: Newcomers
    package var algorithms: [Algorithm]

    /// Predictions of users of whom nothing was known, who are in no other figure: popularity answers them.
    package struct Newcomers: Hashable, Sendable, Codable {
        package var predictions: Int
        package var frozenHitRate: Double
        package var onlineHitRate: Double
    }

    package struct Algorithm: Hashable, Sendable, Codable {
        package var name: String
        /// Differences are from the first.
        package var arms: [Arm]
    }

    package struct Arm: Hashable, Sendable, Codable {
        package var name: String
        package var hitRate: MetricEstimate
        package var ndcg: MetricEstimate
        /// The hit rate by window; nil where nothing was predicted.
        package var windows: [MetricEstimate?]
    }

    /// The same report gives the same bytes.
    package func json() throws -> Data { try StableJSON.encode(self) }

    package init(json: Data) throws {
        self = try JSONDecoder().decode(OnlineReport.self, from: json)
    }
}

extension OnlineReport {
    package init(
        _ outcome: OnlineOutcome, dataset: DatasetSummary, evaluator: OnlineEvaluator, bootstrap: Bootstrap = Bootstrap(),
        command: [String] = [], date: String? = nil
    ) {
        let figures = OnlineFigures(outcome, bootstrap: bootstrap)
        self.date = date
        self.command = command
        self.dataset = dataset
        cutoff = outcome.cutoff
        trainingRatings = outcome.trainingCount
        learnedRatings = outcome.learnedCount
        predictions = outcome.predictionCount
        users = outcome.rows.userCount
        stride = evaluator.stride
        seed = evaluator.seed
        self.bootstrap = .init(resamples: bootstrap.resamples, seed: bootstrap.seed, level: bootstrap.level)
        windows = outcome.windowStarts.map { start in
            Date(timeIntervalSince1970: Double(start)).formatted(.iso8601.year().month().day())
        }
        newcomers = figures.newcomers
        var first = 0
        algorithms = outcome.contenders.map { contender in
            defer { first += contender.arms.count }
            return Algorithm(
                name: contender.name,
                arms: contender.arms.enumerated().map { place, name in
                    figures.report(of: first + place, name: name, comparedWith: place == 0 ? nil : first)
                })
        }
    }
}
