import Configuration
import Logging
import Messaging
import Recommenders
import ServiceLifecycle
import ServiceRuntime
import Storage
import UnixSignals

extension WorkerApp {
    /// Every part of the process, put together.
    static func build(reading config: ConfigReader, metrics: PrometheusMetrics) async throws -> ServiceGroup {
        let logger = Logger(label: "kindred-worker")
        let configuration = try WorkerConfiguration(reading: config)
        let dataset = try RatingsFileReader.read(configuration.ratingsFile)
        logger.info(
            "Ratings loaded",
            metadata: [LogKey.path: "\(configuration.ratingsFile)", LogKey.count: "\(dataset.ratings.ratingCount)"])

        let models = ModelFolder(configuration.modelsFolder).models(for: dataset)
        for (algorithm, error) in models.errors {
            logger.warning("Model is left out", metadata: [LogKey.algorithm: "\(algorithm.rawValue)", LogKey.error: "\(error)"])
        }
        let library = ModelLibrary(dataset: dataset, models: models.models)
        let defaults = try library.completed(configuration.defaults)
        logger.info(
            "Algorithms offered",
            metadata: [LogKey.algorithms: "\(library.algorithms.map(\.rawValue).joined(separator: " "))"])

        let storage = RedisStorage(try RedisRoles(reading: config), logger: logger)
        var rabbitMQ = try RabbitMQConfiguration(reading: config)
        rabbitMQ.prefetch = 2 * configuration.policy.slots
        let source = RabbitMQJobSource(rabbitMQ, logger: logger)

        let workerMetrics = WorkerMetrics()
        let readiness = OperationsServer.Readiness()
        let jobs = JobService(
            source: source,
            handler: JobHandler(
                engine: RecommendationEngine(library, defaults: defaults),
                profiles: storage, removal: storage, results: storage, metrics: workerMetrics),
            policy: configuration.policy, readiness: readiness, metrics: workerMetrics, logger: logger)
        let operations = OperationsServer.application(
            host: configuration.healthHost, port: configuration.healthPort,
            isReady: { readiness.value && source.isConnected },
            metrics: { metrics.exposition() }, logger: logger)

        var group = ServiceGroupConfiguration(
            services: [storage, operations, jobs],  // the jobs end first, and need the storage until then
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A worker that cannot finish what it holds leaves it unacknowledged: the broker gives it to another.
        group.maximumGracefulShutdownDuration = .seconds(8)
        return ServiceGroup(configuration: group)
    }
}
