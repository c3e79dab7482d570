import Configuration
import Logging
import ServiceRuntime

/// The settings that the command line shares with the services, from the environment.
enum Settings {
    static var environment: ConfigReader { ConfigReader(provider: EnvironmentVariablesProvider()) }

    /// `RATINGS_FILE`, or `kindred.ratings` in the current folder.
    static var ratingsFile: String { environment.text(forKey: "ratings.file", default: "kindred.ratings") }

    /// `MODELS_FOLDER`, or `kindred.models` in the current folder.
    static var modelsFolder: String { environment.text(forKey: "models.folder", default: "kindred.models") }

    /// `KINDRED_API_KEY`, or what the file that `KINDRED_API_KEY_FILE` names holds; nil when neither is set.
    static var apiKey: String? {
        get throws(ConfigurationError) { try environment.scoped(to: "kindred").secret(forKey: "apiKey") }
    }

    /// The commands say themselves what went wrong.
    static var silentLogger: Logger { Logger(label: "kindred") { _ in SwiftLogNoOpLogHandler() } }
}
