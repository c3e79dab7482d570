/// What a report says of one algorithm.
package struct AlgorithmReport: Hashable, Sendable, Codable {
    package var name: String
    package var parameters: [String: ParameterValue]
    /// nil where it is not known.
    package var trainingSeconds: Double?
    /// Wall time of scoring, ranking and counting all users, on all threads.
    package var evaluationSeconds: Double
    package var queriesPerSecond: Double
    /// The time of scoring all items for a user, on one thread: the median, and what 99 in 100 stay within.
    package var medianScoringMilliseconds: Double
    package var slowScoringMilliseconds: Double
    /// Users for whom it had nothing to go by; they count as misses.
    package var unansweredUsers: Int
    /// By `Metric.description`.
    package var metrics: [String: MetricEstimate]
    package var byProfileSize: [BreakdownRow]
    package var byItemPopularity: [BreakdownRow]

    init(_ outcome: AlgorithmOutcome, _ estimates: [Metric: MetricEstimate], profileSizes: [Int]) {
        name = outcome.name
        parameters = outcome.parameters
        trainingSeconds = outcome.trainingSeconds
        evaluationSeconds = outcome.seconds
        queriesPerSecond = outcome.seconds > 0 ? Double(outcome.userCount) / outcome.seconds : 0
        medianScoringMilliseconds = outcome.medianScoringSeconds * 1000
        slowScoringMilliseconds = outcome.slowScoringSeconds * 1000
        unansweredUsers = outcome.unansweredUsers
        metrics = Dictionary(uniqueKeysWithValues: estimates.map { ($0.description, $1) })
        byProfileSize = BreakdownRow.byProfileSize(outcome, profileSizes)
        byItemPopularity = BreakdownRow.byItemPopularity(outcome)
    }

    package subscript(metric: Metric) -> MetricEstimate? { metrics[metric.description] }
}
