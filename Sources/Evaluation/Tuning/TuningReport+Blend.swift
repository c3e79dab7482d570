import Recommenders

extension TuningReport {
    /// Of a search for the weights of a blend: its parameters are `weights.ALGORITHM`.
    ///
    /// - Parameters:
    ///   - names: of the algorithms, in the order of the outcome's weights.
    ///   - seconds: of scoring and searching, without training.
    package init(
        blend outcome: BlendOutcome, of names: [String], dataset: DatasetSummary, split: SplitMethod, validation: ValidationSet,
        objective: Metric, seed: UInt64, seconds: Double
    ) {
        func parameters(_ weights: [Float]) -> ParameterSet {
            Dictionary(uniqueKeysWithValues: zip(names, weights).map { ("weights.\($0)", ParameterValue.number(Double($1))) })
        }
        let users = validation.set.users.count
        let singles = outcome.singleValues.indices.map { single in
            var trial = TuningTrial(
                parameters: parameters(outcome.weights.indices.map { $0 == single ? 1 : 0 }), users: users, isGivenUp: false,
                seconds: 0)
            trial.value = outcome.singleValues[single]
            return trial
        }
        var best = TuningTrial(parameters: parameters(outcome.weights), users: users, isGivenUp: false, seconds: seconds)
        best.value = outcome.value
        self.init(
            algorithm: Algorithm.blend.rawValue, dataset: dataset,
            split: SplitSummary(split, validation.set, validationUse: nil), objective: objective, strategy: .coordinate,
            seed: seed, best: best, trials: singles + [best], seconds: seconds)
        initialValue = outcome.singleValues.max() ?? 0
    }
}
