package import Recommenders

/// Searches for the parameters with which an algorithm does best on validation. It has nothing of the test ratings to look at.
///
/// With the same seed the candidates are the same; a limit of time only ends their sequence earlier.
package struct Tuner: Sendable {
    package let validation: ValidationSet
    package let scale: RatingScale
    package let space: [SearchParameter]
    package var objective: Metric = .ndcg(10)
    package var strategy: SearchStrategy = .random
    /// No new trial is begun after so many seconds.
    package var seconds: Double = 600
    /// How many trials there are at most, that of the initial values included.
    package var trials: Int = 60
    package var seed: UInt64 = 1
    /// Candidates that fall clearly behind on so many users, drawn by the seed, are given up; nil to look at all users always.
    package var firstUsers: Int? = 1000
    package var threads: Int = Parallel.coreCount

    /// - Parameter space: the parameters to be searched for; no name twice.
    package init(_ validation: ValidationSet, scale: RatingScale, space: [SearchParameter]) {
        self.validation = validation
        self.scale = scale
        self.space = space
    }

    /// - Parameters:
    ///   - objective, in `self`: a mean over users (not coverage).
    ///   - make: trains with parameters on ratings. What it throws makes a failed trial, but is thrown on for the initial values.
    ///   - progress: called after each trial with all so far.
    package func run(
        algorithm: String, dataset: DatasetSummary, split: SplitMethod,
        progress: ([TuningTrial]) -> Void = { _ in }, make: (ParameterSet, RatingMatrix) throws -> any ItemScorer
    ) throws -> TuningReport {
        precondition(objective.isPerUser)
        var source = CandidateSource(space, strategy: strategy, trials: trials, seed: seed)
        let judge = TrialJudge(self)
        let start = ContinuousClock.now
        var made: [TuningTrial] = []
        var best: (trial: TuningTrial, values: [Double?])?
        while made.count < trials, made.isEmpty || elapsed(since: start) < seconds {
            guard let candidate = source.next(best: best?.trial.parameters) else { break }
            let begin = ContinuousClock.now
            var trial = TuningTrial(parameters: candidate, users: 0, isGivenUp: false, seconds: 0)
            do {
                let scorer = try make(candidate, validation.set.training)
                let values = judge.judge(scorer, &trial, best: best?.values)
                if let values, isBetter(trial, than: best?.trial) { best = (trial, values) }
            } catch {
                guard !made.isEmpty else { throw error }
                trial.failure = "\(error)"
            }
            trial.seconds = elapsed(since: begin)
            made.append(trial)
            progress(made)
        }
        guard let best else { throw TuningError(message: "the initial parameters have no value of \(objective)") }
        return TuningReport(
            algorithm: algorithm, dataset: dataset, split: SplitSummary(split, validation.set, validationUse: nil),
            objective: objective, strategy: strategy, seed: seed, best: best.trial, trials: made, seconds: elapsed(since: start))
    }

    private func isBetter(_ trial: TuningTrial, than best: TuningTrial?) -> Bool {
        guard let value = trial.value else { return false }
        guard let other = best?.value else { return true }
        return objective.isLowerBetter ? value < other : value > other
    }

    private func elapsed(since start: ContinuousClock.Instant) -> Double { (ContinuousClock.now - start) / .seconds(1) }
}
