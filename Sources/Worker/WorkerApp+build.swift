import Configuration
import Generations
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
        let defaults = configuration.defaults
        let files = try GenerationKeeper(configuration.data, every: configuration.dataInterval, logger: logger) { files in
            ServedEngine(RecommendationEngine(files.library, defaults: try files.library.completed(defaults)))
        }

        let storage = RedisStorage(try RedisRoles(reading: config), logger: logger)
        var rabbitMQ = try RabbitMQConfiguration(reading: config)
        rabbitMQ.prefetch = 2 * configuration.policy.slots
        let source = RabbitMQJobSource(rabbitMQ, logger: logger)

        let workerMetrics = WorkerMetrics(logRetention: rabbitMQ.logRetentionTime)
        let readiness = OperationsServer.Readiness()
        var handler = JobHandler(
            engine: { files.content }, profiles: storage, impressions: storage, visibility: storage, removal: storage,
            results: storage, metrics: workerMetrics)
        handler.impressionPolicy = configuration.impressionPolicy
        let jobs = JobService(
            source: source, handler: handler,
            policy: configuration.policy, readiness: readiness, metrics: workerMetrics, logger: logger)
        let operations = OperationsServer.application(
            host: configuration.healthHost, port: configuration.healthPort,
            isReady: { readiness.value && source.isConnected },
            metrics: { metrics.exposition() }, logger: logger)

        var group = ServiceGroupConfiguration(
            services: [storage, operations, files, jobs],  // the jobs end first, and need the storage until then
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A worker that cannot finish what it holds leaves it unacknowledged: the broker gives it to another.
        group.maximumGracefulShutdownDuration = .seconds(8)
        return ServiceGroup(configuration: group)
    }
}
