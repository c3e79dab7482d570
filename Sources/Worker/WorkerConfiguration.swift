import Configuration
import Generations
import Jobs
import Recommenders
import ServiceRuntime

/// What a worker is told from outside.
struct WorkerConfiguration: Sendable {
    /// Where the ratings file and the models are.
    var data = DataPlaces()
    /// How often it is looked whether there are newer ones.
    var dataInterval = Duration.seconds(5)
    var policy = WorkPolicy()
    var live = LivePolicy()
    var healthHost = "127.0.0.1"
    /// 0 takes any free port.
    var healthPort = 9090
    var defaults = RecommendationDefaults()
}

extension WorkerConfiguration {
    /// - the keys of `DataPlaces`
    /// - `data.interval` (seconds 1…3600, default `5`): how often it is looked whether there are newer files; SIGHUP looks at once
    /// - `worker.slots` (int 1…256, default `16`): work at once; twice as many jobs are prefetched from each queue
    /// - `worker.weight.ratings`, `worker.weight.interactive` (int 1…1000, default `4`), `worker.weight.batch` (int 1…1000, default
    ///   `1`): how many turns ratings, recommendations that somebody waits for, and those made ahead get, while all of them wait
    /// - `worker.attempts` (int 1…20, default `5`): how often a job is tried that fails for no reason of the servers'
    /// - `worker.live` (flag, default `true`): whether it learns from what others say before that is in a ratings file; that needs the
    ///   right to read `ratings.log`
    /// - `worker.live.ratings` (int 1…100000000, default `1000000`): how many ratings it learns at most; later ones wait for the next
    ///   ratings file
    /// - `worker.live.patience` (seconds 0…3600, default `60`): how long new files wait at most to be served, until what was said since
    ///   they were made has been learnt
    /// - `worker.health.host` (string, default `127.0.0.1`)
    /// - `worker.health.port` (int 0…65535, default `9090`): `/livez`, `/readyz` and `/metrics`
    /// - `recommender.algorithm`, `recommender.similarity` (names as in the API), `recommender.neighbours` (int 1…1000),
    ///   `recommender.count` (int 1…100): what a request gets that does not say
    init(reading config: ConfigReader) throws(ConfigurationError) {
        self.init()
        data = DataPlaces(reading: config)
        dataInterval = try config.seconds(forKey: "data.interval", default: dataInterval, in: .seconds(1) ... .seconds(3600))
        policy.slots = try config.integer(forKey: "worker.slots", default: policy.slots, in: 1...256)
        policy.attempts = try config.integer(forKey: "worker.attempts", default: policy.attempts, in: 1...20)
        let weights = policy.weights
        policy.weights.ratings = try config.integer(forKey: "worker.weight.ratings", default: weights.ratings, in: 1...1000)
        policy.weights.interactive = try config.integer(
            forKey: "worker.weight.interactive", default: weights.interactive, in: 1...1000)
        policy.weights.batch = try config.integer(forKey: "worker.weight.batch", default: weights.batch, in: 1...1000)
        live.isOn = try config.flag(forKey: "worker.live", default: live.isOn)
        live.limits.ratings = try config.integer(forKey: "worker.live.ratings", default: live.limits.ratings, in: 1...100_000_000)
        live.patience = try config.seconds(
            forKey: "worker.live.patience", default: live.patience, in: .zero ... .seconds(3600))
        healthHost = config.text(forKey: "worker.health.host", default: healthHost)
        healthPort = try config.port(forKey: "worker.health.port", default: healthPort, in: 0...65535)
        defaults = try RecommendationDefaults(reading: config)
    }
}
