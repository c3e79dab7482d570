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
    var policy = WorkPolicy()
    var healthHost = "127.0.0.1"
    /// 0 takes any free port.
    var healthPort = 9090
    var defaults = RecommendationDefaults()
}

extension WorkerConfiguration {
    /// - `ratings.file` (string, default `kindred.ratings`)
    /// - `models.folder` (string, default `kindred.models`): may be missing, where nothing has been trained
    /// - `worker.slots` (int 1…256, default `16`): work at once; twice as many jobs are prefetched from each queue
    /// - `worker.weight.ratings`, `worker.weight.interactive` (int 1…1000, default `4`), `worker.weight.batch` (int 1…1000, default
    ///   `1`): how many turns ratings, recommendations that somebody waits for, and those made ahead get, while all of them wait
    /// - `worker.attempts` (int 1…20, default `5`): how often a job is tried that fails for no reason of the servers'
    /// - `worker.health.host` (string, default `127.0.0.1`)
    /// - `worker.health.port` (int 0…65535, default `9090`): `/livez`, `/readyz` and `/metrics`
    /// - `recommender.algorithm`, `recommender.similarity` (names as in the API), `recommender.neighbours` (int 1…1000),
    ///   `recommender.count` (int 1…100): what a request gets that does not say
    init(reading config: ConfigReader) throws(ConfigurationError) {
        self.init()
        ratingsFile = config.text(forKey: "ratings.file", default: ratingsFile)
        modelsFolder = config.text(forKey: "models.folder", default: modelsFolder)
        policy.slots = try config.integer(forKey: "worker.slots", default: policy.slots, in: 1...256)
        policy.attempts = try config.integer(forKey: "worker.attempts", default: policy.attempts, in: 1...20)
        let weights = policy.weights
        policy.weights.ratings = try config.integer(forKey: "worker.weight.ratings", default: weights.ratings, in: 1...1000)
        policy.weights.interactive = try config.integer(
            forKey: "worker.weight.interactive", default: weights.interactive, in: 1...1000)
        policy.weights.batch = try config.integer(forKey: "worker.weight.batch", default: weights.batch, in: 1...1000)
        healthHost = config.text(forKey: "worker.health.host", default: healthHost)
        healthPort = try config.port(forKey: "worker.health.port", default: healthPort, in: 0...65535)
        defaults = try RecommendationDefaults(reading: config)
    }
}
