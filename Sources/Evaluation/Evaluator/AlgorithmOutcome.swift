/// What an evaluation found out about one algorithm.
package struct AlgorithmOutcome: Sendable {
    package let name: String
    package let parameters: [String: ParameterValue]
    package let trainingSeconds: Double?
    /// Wall time of the run: scoring, ranking and counting, on all its threads.
    package let seconds: Double
    /// The time of one call of the scorer, on its thread: the median, and what 99 in 100 stay within.
    package let medianScoringSeconds: Double
    package let slowScoringSeconds: Double
    /// Users for whom the algorithm had nothing to go by. They count as misses.
    package let unansweredUsers: Int
    package var userCount: Int { figures.userCount }

    let figures: UserFigures
    /// Held-out ratings by the popularity of their item.
    let found: PopularityCounts
    /// By place in `cutoffs`.
    let coverage: [Double]

    init(
        _ contender: Contender, _ evaluator: Evaluator, _ chunks: [UserEvaluation.Summary], firstPlaces: [Int32], seconds: Double
    ) {
        name = contender.name
        parameters = contender.parameters
        trainingSeconds = contender.trainingSeconds
        self.seconds = seconds
        let scoring = chunks.flatMap(\.scoringSeconds).sorted()
        medianScoringSeconds = scoring.isEmpty ? 0 : Double(scoring[scoring.count / 2])
        slowScoringSeconds = scoring.isEmpty ? 0 : Double(scoring[scoring.count * 99 / 100])
        unansweredUsers = chunks.reduce(0) { $0 + $1.unanswered }
        figures = UserFigures(layout: evaluator.layout, numbers: chunks.flatMap(\.figures))
        found = chunks.reduce(into: PopularityCounts(cutoffs: evaluator.cutoffs.count)) { $0.add($1.found) }
        coverage = evaluator.cutoffs.map { cutoff in
            Double(firstPlaces.count { $0 < cutoff }) / Double(max(firstPlaces.count, 1))
        }
    }

    /// The mean over the users; nil where there is nothing to take it of.
    package subscript(metric: Metric) -> Double? {
        guard case .coverage(let cutoff) = metric else { return figures.mean(metric) }
        return figures.layout.cutoffs.firstIndex(of: cutoff).map { coverage[$0] }
    }
}
