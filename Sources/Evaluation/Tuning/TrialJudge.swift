import Recommenders

/// Evaluates candidates, the hopeless ones on a part of the users only.
struct TrialJudge {
    private let tuner: Tuner
    private let all: Evaluator
    private let first: Evaluator?
    /// Where the first users stand among all.
    private let firstPlaces: [Int]

    init(_ tuner: Tuner) {
        self.tuner = tuner
        let set = tuner.validation.set
        func evaluator(_ set: EvaluationSet) -> Evaluator {
            Evaluator(
                set, scale: tuner.scale, cutoffs: [tuner.objective.cutoff ?? 10], diversityUsers: tuner.diversityUsers,
                seed: tuner.seed)
        }
        all = evaluator(set)
        // A part is worth its while only when it is a small one.
        if let count = tuner.firstUsers, set.users.count >= 3 * count {
            let part = set.sample(count, seed: tuner.seed)
            first = evaluator(part)
            let chosen = Set(part.users)
            firstPlaces = set.users.indices.filter { chosen.contains(set.users[$0]) }
        } else {
            first = nil
            firstPlaces = []
        }
    }

    /// Sets the trial's value.
    ///
    /// - Parameter best: by user, the objective of the best so far.
    /// - Returns: the objective by user; nil when the candidate was given up.
    func judge(_ scorer: any ItemScorer, _ trial: inout TuningTrial, best: [Double?]?) -> [Double?]? {
        let contender = Contender(name: "candidate", scorer: scorer)
        if let first, let best {
            let outcome = first.evaluate(contender, threads: tuner.threads)
            let values = self.values(outcome)
            if isClearlyBehind(values, firstPlaces.map { best[$0] }) {
                trial.value = outcome[tuner.objective]
                trial.users = outcome.userCount
                trial.isGivenUp = true
                return nil
            }
        }
        let outcome = all.evaluate(contender, threads: tuner.threads)
        trial.value = outcome[tuner.objective]
        trial.users = outcome.userCount
        return values(outcome)
    }

    private func values(_ outcome: AlgorithmOutcome) -> [Double?] {
        (0..<outcome.userCount).map { outcome.figures.value(tuner.objective, at: $0) }
    }

    /// Whether the mean difference on the same users lies more than two and a half standard errors on the wrong side of 0.
    private func isClearlyBehind(_ values: [Double?], _ best: [Double?]) -> Bool {
        let differences = zip(values, best).compactMap { value, best in
            if let value, let best { tuner.objective.isLowerBetter ? best - value : value - best } else { nil }
        }
        guard differences.count > 1 else { return false }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        return mean < -2.5 * (variance / count).squareRoot()
    }
}

extension Tuner {
    fileprivate var diversityUsers: Int {
        if case .diversity = objective { 2000 } else { 0 }
    }
}
