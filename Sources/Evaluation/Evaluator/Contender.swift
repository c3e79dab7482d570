package import Recommenders

/// An algorithm that is to be evaluated, trained on the training ratings.
package struct Contender: Sendable {
    /// What reports call it; different for each in a run.
    package let name: String
    package let scorer: any ItemScorer
    /// nil where the algorithm predicts no ratings.
    package let predictor: (any RatingPredictor)?
    /// What it was trained with, for the report.
    package var parameters: [String: ParameterValue]
    /// How long training took; nil where that is not known.
    package var trainingSeconds: Double?

    /// - Parameter predictor: by default the scorer itself, if it predicts ratings.
    package init(
        name: String, scorer: any ItemScorer, predictor: (any RatingPredictor)? = nil, parameters: [String: ParameterValue] = [:],
        trainingSeconds: Double? = nil
    ) {
        self.name = name
        self.scorer = scorer
        self.predictor = predictor ?? scorer as? any RatingPredictor
        self.parameters = parameters
        self.trainingSeconds = trainingSeconds
    }
}
