import Training

extension CommandFailure {
    init(_ error: TrainingError) {
        let advice: String
        switch error.code {
        case .tooLittleMemory:
            advice = "Allow more with --memory-limit, or want less with --set: items of ease, dimensions, neighbours, components."
        case .unsolvable: advice = "Set other parameters with --set or --parameters."
        case .nothingToLearn: advice = "Import a data set that has ratings."
        }
        self.init(.unusable, error.message, advice: advice)
    }
}
