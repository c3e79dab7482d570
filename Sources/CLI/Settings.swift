import Configuration
import Generations
import Logging
import ServiceRuntime

/// The settings that the command line shares with the services, from the environment.
enum Settings {
    static var environment: ConfigReader { ConfigReader(provider: EnvironmentVariablesProvider()) }

    private static var data: DataPlaces { DataPlaces(reading: environment) }

    /// `RATINGS_FILE`, or what is current in `DATA_FOLDER`, or `kindred.ratings` in the current folder.
    static var ratingsFile: String { data.ratingsFile }

    /// `MODELS_FOLDER`, or what is current in `DATA_FOLDER`, or `kindred.models` in the current folder.
    static var modelsFolder: String { data.modelsFolder }

    /// Where new files become generations; nil where they replace the old ones.
    static var generations: DataFolder? { data.generations }

    /// `KINDRED_API_KEY`, or what the file that `KINDRED_API_KEY_FILE` names holds; nil when neither is set.
    static var apiKey: String? {
        get throws(ConfigurationError) { try environment.scoped(to: "kindred").secret(forKey: "apiKey") }
    }

    /// The commands say themselves what went wrong.
    static var silentLogger: Logger { Logger(label: "kindred") { _ in SwiftLogNoOpLogHandler() } }
}
