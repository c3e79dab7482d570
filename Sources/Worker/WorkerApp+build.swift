import Configuration
import Experiments
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
        let (defaults, plan) = (configuration.defaults, configuration.experiments)
        var rabbitMQ = try RabbitMQConfiguration(reading: config)
        // Of the log's outages one line each is enough.
        let silent = Logger(label: "kindred-worker") { _ in SwiftLogNoOpLogHandler() }
        let learning = LiveLearning(
            log: RabbitMQRatingLog(rabbitMQ, logger: silent), policy: configuration.live, logger: logger)
        let files = try GenerationKeeper(
            configuration.data, every: configuration.dataInterval, logger: logger,
            prepare: { await learning.prepare($0, insteadOf: $1) }
        ) { files in
            // A variant whose algorithm cannot answer would compare something else than it says.
            for algorithm in plan.algorithms(after: .now) where !files.library.algorithms.contains(algorithm) {
                throw MissingModel(algorithm: algorithm)
            }
            let live = learning.follower(over: files.dataset)
            let defaults = try files.library.completed(defaults)
            return ServedEngine(RecommendationEngine(files.library, live: live?.overlay, defaults: defaults), live: live)
        }

        let storage = RedisStorage(try RedisRoles(reading: config), logger: logger)
        rabbitMQ.prefetch = 2 * configuration.policy.slots
        let source = RabbitMQJobSource(rabbitMQ, logger: logger)

        let workerMetrics = WorkerMetrics(logRetention: rabbitMQ.logRetentionTime)
        let readiness = OperationsServer.Readiness()
        var handler = JobHandler(
            engine: { files.content }, profiles: storage, impressions: storage, visibility: storage, removal: storage,
            results: storage, metrics: workerMetrics, experiments: ExperimentRecorder(plan, in: storage))
        handler.impressionPolicy = configuration.impressionPolicy
        let jobs = JobService(
            source: source, handler: handler,
            policy: configuration.policy, readiness: readiness, metrics: workerMetrics, logger: logger)
        let live = LiveService(learning: learning, served: { files.content })
        let refresh = ModelRefreshService(
            policy: configuration.live, metrics: learning.metrics, served: { files.content })
        let operations = OperationsServer.application(
            host: configuration.healthHost, port: configuration.healthPort,
            isReady: { readiness.value && source.isConnected },
            metrics: { metrics.exposition() }, logger: logger)

        var group = ServiceGroupConfiguration(
            services: [storage, operations, files, live, refresh, jobs],  // the jobs end first, and need the storage until then
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A worker that cannot finish what it holds leaves it unacknowledged: the broker gives it to another.
        group.maximumGracefulShutdownDuration = .seconds(8)
        return ServiceGroup(configuration: group)
    }
}
