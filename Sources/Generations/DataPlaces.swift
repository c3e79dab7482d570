package import Configuration
import ServiceRuntime

/// Where the ratings file and the models are that processes serve from.
package struct DataPlaces: Hashable, Sendable {
    /// Where generations are kept; nil where files are replaced one by one.
    package var folder: String?
    /// The file that `kindred import` or `kindred compact` wrote.
    package var ratingsFile: String
    /// Where `kindred train` put the models; may be missing.
    package var modelsFolder: String

    package init(ratingsFile: String = "kindred.ratings", modelsFolder: String = "kindred.models") {
        self.ratingsFile = ratingsFile
        self.modelsFolder = modelsFolder
    }

    /// The generation in `folder` that is served.
    package init(folder: String) {
        let data = DataFolder(folder)
        self.init(ratingsFile: data.currentRatingsFile, modelsFolder: data.currentModelsFolder)
        self.folder = folder
    }

    /// The folder of generations, if that is where both are taken from.
    package var generations: DataFolder? {
        guard let folder, self == DataPlaces(folder: folder) else { return nil }
        return DataFolder(folder)
    }

    /// - `data.folder` (path, default none): a folder of generations, as `kindred import`, `kindred compact` and `kindred train` make them;
    ///   the next two are then what is current in it
    /// - `ratings.file` (path, default `kindred.ratings`), `models.folder` (path, default `kindred.models`)
    package init(reading config: ConfigReader) {
        if let folder = config.text(forKey: "data.folder") { self.init(folder: folder) } else { self.init() }
        ratingsFile = config.text(forKey: "ratings.file", default: ratingsFile)
        modelsFolder = config.text(forKey: "models.folder", default: modelsFolder)
    }
}
