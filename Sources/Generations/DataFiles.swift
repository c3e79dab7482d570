package import Recommenders

/// The files of one generation, opened: mapped, and checked through and through.
package struct DataFiles: Sendable {
    package let dataset: Dataset
    /// With the models that can be used.
    package let library: ModelLibrary
    /// For each item the items most like it; nil where they were not trained.
    package let similarItems: ItemWeights?
    /// Models that cannot be used, by the name of the file, and why.
    package let unusable: [(name: String, error: StoredFileError)]

    init(_ places: ResolvedPlaces) throws(StoredFileError) {
        dataset = try RatingsFileReader.read(places.ratingsFile)
        let (models, errors) = places.models.models(for: dataset)
        var unusable = errors.map { (name: $0.algorithm.rawValue, error: $0.error) }
        do throws(StoredFileError) {
            similarItems = try places.models.similarItems(for: dataset)
        } catch {
            similarItems = nil
            unusable.append((name: "similar-items", error: error))
        }
        self.unusable = unusable
        library = ModelLibrary(dataset: dataset, models: models, similarItems: similarItems)
    }
}
