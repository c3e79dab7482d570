import Foundation

/// A whole Kindred as processes, with queues of its own and an empty store.
final class Kindred {
    enum Role: Sendable {
        case gateway
        case worker
    }

    struct Settings {
        var gatewayCount = 1
        var workerCount = 2
        var redis: RedisServer?
        var broker: RabbitMQServer?
        /// What the processes are told beyond the usual, by role and number.
        var environment: (Role, Int) -> [String: String] = { _, _ in [:] }
    }

    let redis: RedisServer
    let broker: RabbitMQServer
    /// Stands before the names of its queues.
    let prefix: String
    let gatewayPorts: [Int]
    private(set) var items: [String] = []
    private(set) var gateways: [ServerProcess] = []
    private(set) var workers: [ServerProcess] = []
    private let workerPorts: [Int]
    private let settings: Settings
    private let stage: Stage
    private var queuesAreSafe = ContinuousClock.now

    /// A broker that is killed within about a second after a quorum queue was declared may not know the queue afterwards.
    private static let queueSettlingTime = Duration.seconds(5)

    init(_ stage: Stage, _ settings: Settings = Settings()) throws {
        self.stage = stage
        self.settings = settings
        redis = try settings.redis ?? stage.redis.get()
        broker = try settings.broker ?? stage.broker.get()
        prefix = "faults-\(UInt32.random(in: .min ... .max))."
        let ports = FreePorts.take(settings.gatewayCount + settings.workerCount)
        gatewayPorts = Array(ports.prefix(settings.gatewayCount))
        workerPorts = Array(ports.dropFirst(settings.gatewayCount))
        _ = try RedisClient(port: redis.port).send(["FLUSHALL"])
        for number in 0..<settings.gatewayCount { gateways.append(try start(.gateway, number)) }
        for number in 0..<settings.workerCount { workers.append(try start(.worker, number)) }
        try waitUntilReady()
        queuesAreSafe = .now + Self.queueSettlingTime
        var client = HTTPClient(port: gatewayPorts[0])
        let answer = try? client.send("GET", "/v1/items?pageSize=50")
        items = (answer?.json["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        guard items.count >= 10 else { throw HarnessError("no items: \(answer?.text ?? "no answer")") }
    }

    /// Call it before the broker is killed for the first time.
    func waitUntilQueuesAreSafe() { pause(queuesAreSafe - .now) }

    func waitUntilReady() throws {
        for (process, port) in zip(gateways + workers, gatewayPorts + workerPorts) {
            var client = HTTPClient(port: port, timeout: .seconds(2))
            let isReady = eventually(within: .seconds(60)) {
                (try? client.send("GET", "/readyz"))?.status == 200 || !process.isRunning
            }
            guard isReady, process.isRunning else {
                throw HarnessError("\(process.name) is not ready: \(process.log.suffix(2000))")
            }
        }
    }

    func restartGateway(_ number: Int) throws {
        gateways[number].kill()
        gateways[number] = try start(.gateway, number)
    }

    func restartWorker(_ number: Int) throws {
        workers[number].kill()
        workers[number] = try start(.worker, number)
    }

    /// Starts what has died.
    func mend() throws {
        for (number, worker) in workers.enumerated() where !worker.isRunning { workers[number] = try start(.worker, number) }
        for (number, gateway) in gateways.enumerated() where !gateway.isRunning {
            gateways[number] = try start(.gateway, number)
        }
    }

    /// Messages in the queues of work: what there is less the dead letters and the stream, which keeps what it has.
    func counts() throws -> (working: Int, dead: Int) {
        let counts = try broker.counts(prefix: prefix)
        let dead = counts["jobs.dead"] ?? 0
        return (counts.filter { $0.key != "jobs.dead" && $0.key != "ratings.log" }.values.reduce(0, +), dead)
    }

    /// Ends the processes and takes the queues away.
    func close() {
        for process in gateways + workers { process.kill() }
        try? broker.deleteQueues(prefix: prefix)
    }

    private func start(_ role: Role, _ number: Int) throws -> ServerProcess {
        let name = role == .gateway ? "gateway-\(number)" : "worker-\(number)"
        var environment = [
            "RATINGS_FILE": stage.ratingsFile, "MODELS_FOLDER": stage.folder + "/models",
            "REDIS_HOST": "127.0.0.1", "REDIS_PORT": "\(redis.port)",
            "RABBITMQ_HOST": "127.0.0.1", "RABBITMQ_PORT": "\(broker.port)", "RABBITMQ_PREFIX": prefix,
            "RABBITMQ_LOG_BYTE_COUNT": "50000000", "LOG_LEVEL": "info", "LOG_FORMAT": "json",
        ]
        switch role {
        case .gateway: environment["GATEWAY_PORT"] = "\(gatewayPorts[number])"
        case .worker: environment["WORKER_HEALTH_PORT"] = "\(workerPorts[number])"
        }
        environment.merge(settings.environment(role, number)) { $1 }
        return try ServerProcess(
            name, [stage.programFolder + (role == .gateway ? "/kindred-gateway" : "/kindred-worker")],
            environment: environment, logFile: "\(stage.folder)/\(prefix)\(name).log")
    }
}
