import Configuration
import Generations
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
        let (defaults, excludesShown) = (configuration.defaults, configuration.impressionPolicy.isExcluded)
        let files = try GenerationKeeper(configuration.data, every: configuration.dataInterval, logger: logger) { files in
            ItemShelf(
                dataset: files.dataset, algorithms: files.library.algorithms, defaults: try files.library.completed(defaults),
                excludesShown: excludesShown, similarItems: files.similarItems)
        }
        let storage = RedisStorage(try RedisRoles(reading: config), logger: logger)
        let broker = try RabbitMQConfiguration(reading: config)
        let queue = RabbitMQJobQueue(broker, logger: logger)
        self.init(
            shelf: { files.content }, queue: queue, hasReachedQueue: { queue.hasConnected },
            deadLetters: RabbitMQDeadLetterBox(broker), profiles: storage, lists: storage, impressions: storage,
            visibility: storage, jobs: storage, claims: storage, rateLimits: storage, addedItems: storage, experiments: storage,
            sharedClock: storage,
            accounts: configuration.hasAccounts
                ? AccountKeeping(
                    accounts: storage, sessions: storage, attempts: storage, removal: storage, hashing: Argon2Hashing()) : nil,
            metrics: { metrics.exposition() }, services: [storage, files, Closing { await queue.close() }])
    }
}
