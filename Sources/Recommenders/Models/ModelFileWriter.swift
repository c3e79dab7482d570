/// Writes a model as one file that `ModelFileReader` opens without building anything.
package struct ModelFileWriter {
    /// Whoever reads `path` meanwhile sees the old file or the new one, never a part.
    package static func write(_ model: TrainedModel, to path: String) throws(StoredFileError) {
        var file = SectionFileWriter<ModelFileSection>()
        file.set(.texts, to: TextTable([model.parameters.json]))
        var itemCount = 0
        var content: UInt64 = 0
        var dimensions = 0
        switch model.content {
        case .parametersOnly: break
        case .itemWeights(let weights):
            content = 1
            itemCount = weights.itemCount
            file.set(.weightStarts, to: weights.starts)
            file.set(.weightItems, to: weights.items)
            file.set(.weights, to: weights.weights)
            file.set(.weightCovered, to: weights.covered)
        case .itemFactors(let factors):
            content = 2
            itemCount = factors.itemCount
            dimensions = factors.dimensions
            file.set(.factorItems, to: factors.items)
            file.set(.factors, to: factors.factors)
            file.set(.factorGram, to: factors.gram)
        }
        let properties = ModelFileProperties(
            itemCount: UInt64(itemCount), itemsFingerprint: model.itemsFingerprint, content: content,
            dimensions: UInt64(dimensions))
        file.set(.properties, to: [properties])
        try file.write(to: path)
    }
}
