import Configuration
import Logging
import Messaging
import Passwords
import Recommenders
import ServiceRuntime
import Storage

extension Dependencies {
    /// The parts of a gateway in earnest: the ratings file, Redis and RabbitMQ. Neither server need be there yet.
    init(
        _ configuration: GatewayConfiguration, reading config: ConfigReader, metrics: PrometheusMetrics, logger: Logger
    ) throws {
        let dataset = try RatingsFileReader.read(configuration.ratingsFile)
        let models = ModelFolder(configuration.modelsFolder).models(for: dataset)
        for (algorithm, error) in models.errors {
            logger.warning("Model is left out", metadata: [LogKey.algorithm: "\(algorithm.rawValue)", LogKey.error: "\(error)"])
        }
        var similarItems: ItemWeights?
        do throws(StoredFileError) {
            similarItems = try ModelFolder(configuration.modelsFolder).similarItems(for: dataset)
        } catch {
            logger.warning("Similar items are left out", metadata: [LogKey.error: "\(error)"])
        }
        let library = ModelLibrary(dataset: dataset, models: models.models)
        let defaults = try library.completed(configuration.defaults)
        let storage = RedisStorage(try RedisRoles(reading: config), logger: logger)
        let broker = try RabbitMQConfiguration(reading: config)
        let queue = RabbitMQJobQueue(broker, logger: logger)
        self.init(
            dataset: dataset, index: CatalogueIndex(dataset), algorithms: library.algorithms, defaults: defaults,
            similarItems: similarItems,
            queue: queue, deadLetters: RabbitMQDeadLetterBox(broker), profiles: storage, lists: storage, jobs: storage,
            claims: storage, rateLimits: storage,
            sharedClock: storage,
            accounts: configuration.hasAccounts
                ? AccountKeeping(
                    accounts: storage, sessions: storage, attempts: storage, removal: storage, hashing: Argon2Hashing()) : nil,
            metrics: { metrics.exposition() }, services: [storage, Closing { await queue.close() }])
    }
}
