/// Where `kindred train` puts models and processes find them: one file for each algorithm, `ease.model`, and one of similar items.
package struct ModelFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package func file(of algorithm: Algorithm) -> String {
        path.hasSuffix("/") ? "\(path)\(algorithm.rawValue).model" : "\(path)/\(algorithm.rawValue).model"
    }

    /// For each item the items most like it, which the model of item-neighbors is trained together with.
    package var similarItemsFile: String { path.hasSuffix("/") ? "\(path)similar-items.model" : "\(path)/similar-items.model" }

    /// All that may be in it, whether it is or not.
    package var files: [String] { Algorithm.allCases.map { file(of: $0) } + [similarItemsFile] }

    /// - Returns: nil where none were trained.
    package func similarItems(for dataset: Dataset) throws(StoredFileError) -> ItemWeights? {
        guard MappedFile.exists(similarItemsFile) else { return nil }
        let model = try ModelFileReader.read(similarItemsFile, of: .itemNeighbors, for: dataset)
        guard case .itemWeights(let weights) = model.content else { return nil }
        return weights
    }

    /// Opens the models that are there. A model that cannot be used is reported and left out; that there is none is no error.
    package func models(
        for dataset: Dataset
    ) -> (models: [TrainedModel], errors: [(algorithm: Algorithm, error: StoredFileError)]) {
        var models: [TrainedModel] = []
        var errors: [(algorithm: Algorithm, error: StoredFileError)] = []
        for algorithm in Algorithm.allCases where MappedFile.exists(file(of: algorithm)) {
            do throws(StoredFileError) {
                models.append(try ModelFileReader.read(file(of: algorithm), of: algorithm, for: dataset))
            } catch {
                errors.append((algorithm, error))
            }
        }
        return (models, errors)
    }
}
