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
        let dataset = try RatingsFileReader.read(configuration.ratingsFile)
        let storage = RedisStorage(try RedisConfiguration(reading: config), logger: logger)
        let queue = RabbitMQJobQueue(try RabbitMQConfiguration(reading: config), logger: logger)
        self.init(
            dataset: dataset, index: CatalogueIndex(dataset), queue: queue, profiles: storage, lists: storage, jobs: storage,
            metrics: { metrics.exposition() }, services: [storage, Closing { await queue.close() }])
    }
}
