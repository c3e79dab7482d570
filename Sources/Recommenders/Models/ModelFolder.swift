/// Where `kindred train` puts models and processes find them: one file for each algorithm, `ease.model`.
package struct ModelFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package func file(of algorithm: Algorithm) -> String {
        path.hasSuffix("/") ? "\(path)\(algorithm.rawValue).model" : "\(path)/\(algorithm.rawValue).model"
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
