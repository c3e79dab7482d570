import Configuration
import Jobs
import Recommenders
import ServiceRuntime

/// What a worker is told from outside.
struct WorkerConfiguration: Sendable {
    /// The file that `kindred import` wrote.
    var ratingsFile = "kindred.ratings"
    /// Where `kindred train` put the models.
    var modelsFolder = "kindred.models"
    /// Jobs at once. Most of a job's time is waiting for Redis, so there are many more slots than cores.
    var slots = 16
    var healthHost = "127.0.0.1"
    /// 0 takes any free port.
    var healthPort = 9090
    var defaults = RecommendationDefaults()
}

extension WorkerConfiguration {
    /// - `ratings.file` (string, default `kindred.ratings`)
    /// - `models.folder` (string, default `kindred.models`): may be missing, where nothing has been trained
    /// - `worker.slots` (int 1…256, default `16`)
    /// - `worker.health.host` (string, default `127.0.0.1`)
    /// - `worker.health.port` (int 0…65535, default `9090`): `/livez`, `/readyz` and `/metrics`
    /// - `recommender.algorithm`, `recommender.similarity` (names as in the API), `recommender.neighbours` (int 1…1000),
    ///   `recommender.count` (int 1…100): what a request gets that does not say
    init(reading config: ConfigReader) throws(ConfigurationError) {
        self.init()
        ratingsFile = config.text(forKey: "ratings.file", default: ratingsFile)
        modelsFolder = config.text(forKey: "models.folder", default: modelsFolder)
        slots = try config.integer(forKey: "worker.slots", default: slots, in: 1...256)
        healthHost = config.text(forKey: "worker.health.host", default: healthHost)
        healthPort = try config.port(forKey: "worker.health.port", default: healthPort, in: 0...65535)
        defaults = try RecommendationDefaults(reading: config)
    }
}
