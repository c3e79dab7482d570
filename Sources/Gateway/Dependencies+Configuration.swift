import Configuration
import Logging
import Messaging
import Recommenders
import ServiceRuntime
import Storage

extension Dependencies {
    /// The parts of a gateway in earnest: the ratings file, Redis and RabbitMQ. Neither server need be there yet.
    init(
        _ configuration: GatewayConfiguration, reading config: ConfigReader, metrics: PrometheusMetrics, logger: Logger
    ) throws {
        guard let path = configuration.ratingsFile else {
            throw ConfigurationError(
                variable: config.variable(forKey: "ratings.file"), problem: "is not set",
                advice: "Set it to the file that \"kindred import\" wrote.")
        }
        let dataset = try RatingsFileReader.read(path)
        let storage = RedisStorage(try RedisConfiguration(reading: config), logger: logger)
        let queue = RabbitMQJobQueue(try RabbitMQConfiguration(reading: config), logger: logger)
        self.init(
            dataset: dataset, index: CatalogueIndex(dataset), queue: queue, profiles: storage, lists: storage, jobs: storage,
            metrics: { metrics.exposition() }, services: [storage, Closing { await queue.close() }])
    }
}
