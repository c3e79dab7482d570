import Training

extension CommandFailure {
    init(_ error: TrainingError) {
        let advice: String
        switch error.code {
        case .tooLittleMemory: advice = "Cover fewer items with --set items=…, or allow more memory with --memory-limit."
        case .unsolvable: advice = "Set other parameters with --set or --parameters."
        case .nothingToLearn: advice = "Import a data set that has ratings."
        }
        self.init(.unusable, error.message, advice: advice)
    }
}
