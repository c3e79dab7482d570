/// Opens what `ModelFileWriter` wrote, and believes none of it unseen: every checksum is verified and every count, offset, index and
/// number checked. The model's arrays lie in the mapped file.
package struct ModelFileReader {
    /// - Throws: also when the model is one of another algorithm, or was trained on other items than the data set's.
    package static func read(
        _ path: String, of algorithm: Algorithm, for dataset: Dataset
    ) throws(StoredFileError) -> TrainedModel {
        let model = try read(SectionFile(path: path), itemCount: dataset.items.count)
        guard model.algorithm == algorithm else {
            throw StoredFileError(
                .otherKind, "\(path) is a model of \(model.algorithm.rawValue), not of \(algorithm.rawValue)",
                cure: ModelFileSection.kind.cure)
        }
        guard model.itemsFingerprint == dataset.items.fingerprint else {
            throw StoredFileError(
                .otherRatings, "\(path) was trained on a ratings file with other items", cure: ModelFileSection.kind.cure)
        }
        return model
    }

    /// - Parameter itemCount: of the data set that the model is for.
    static func read(_ file: SectionFile<ModelFileSection>, itemCount: Int) throws(StoredFileError) -> TrainedModel {
        let properties = try file.elements(ModelFileProperties.self, of: .properties, count: 1)[0]
        let parameters: ModelParameters
        do {
            parameters = try ModelParameters(json: try file.texts(of: .texts, count: 1)[0])
        } catch let error as StoredFileError {
            throw error
        } catch {
            throw .damaged(ModelFileSection.texts, "it holds no parameters")
        }
        if let problem = parameters.problem { throw .damaged(ModelFileSection.texts, problem) }
        guard properties.content == 0 || properties.itemCount == UInt64(itemCount) else {
            throw StoredFileError(
                .otherRatings, "the model knows \(properties.itemCount) items, the ratings file has \(itemCount)",
                cure: ModelFileSection.kind.cure)
        }
        let content: TrainedModel.Content =
            switch properties.content {
            case 0: .parametersOnly
            case 1: .itemWeights(try itemWeights(in: file, itemCount: itemCount))
            case 2: .itemFactors(try itemFactors(in: file, itemCount: itemCount, dimensions: properties.dimensions))
            default: throw .damaged(ModelFileSection.properties, "it names a content that there is not")
            }
        guard parameters.fits(content) else {
            throw .damaged(ModelFileSection.properties, "the content is not one of \(parameters.algorithm.rawValue)")
        }
        return TrainedModel(parameters: parameters, content: content, itemsFingerprint: properties.itemsFingerprint)
    }

    private static func itemWeights(
        in file: SectionFile<ModelFileSection>, itemCount: Int
    ) throws(StoredFileError) -> ItemWeights {
        let count = file.count(of: .weightItems, stride: 4)
        let starts = try file.starts(of: .weightStarts, count: itemCount, elementCount: count)
        let items = try file.indices(of: .weightItems, count: count, below: itemCount)
        let weights = try file.elements(Float.self, of: .weights, count: count)
        let areModerate = weights.withUnsafeBufferPointer { $0.allSatisfy { abs($0) <= maximumWeight } }
        guard areModerate else { throw .damaged(ModelFileSection.weights, "a weight is no moderate number") }
        let covered = try file.elements(UInt8.self, of: .weightCovered, count: itemCount)
        guard covered.allSatisfy({ $0 <= 1 }) else { throw .damaged(ModelFileSection.weightCovered, "it is neither 0 nor 1") }
        return ItemWeights(starts: starts, items: items, weights: weights, covered: covered)
    }

    /// So that no sum of weights is infinite.
    private static var maximumWeight: Float { 0x1p40 }

    private static func itemFactors(
        in file: SectionFile<ModelFileSection>, itemCount: Int, dimensions: UInt64
    ) throws(StoredFileError) -> ItemFactors {
        let factors = ItemFactors(
            itemCount: itemCount, dimensions: Int(clamping: dimensions),
            items: try file.elements(of: .factorItems, count: file.count(of: .factorItems, stride: 4)),
            factors: try file.elements(of: .factors, count: file.count(of: .factors, stride: 4)),
            gram: try file.elements(of: .factorGram, count: file.count(of: .factorGram, stride: 4)))
        guard let factors else { throw .damaged(ModelFileSection.factors, "the factors do not fit their items") }
        return factors
    }
}

extension ModelParameters {
    /// Whether a model with these parameters has such a content.
    fileprivate func fits(_ content: TrainedModel.Content) -> Bool {
        switch (self, content) {
        case (.userNeighbors, .parametersOnly), (.popularity, .parametersOnly), (.blend, .parametersOnly): true
        case (.itemNeighbors, .itemWeights), (.ease, .itemWeights), (.graphFilter, .itemWeights): true
        case (.implicitALS, .itemFactors): true
        default: false
        }
    }
}
