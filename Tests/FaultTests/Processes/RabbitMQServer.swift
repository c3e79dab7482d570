import Foundation

/// A RabbitMQ of the harness: epmd, in which Erlang programs look each other up, and the broker itself.
///
/// For what the settings are for see `scripts/lib/rabbitmq.sh`, which starts the same for developers.
final class RabbitMQServer {
    let port: Int
    let managementPort: Int
    private let folder: String
    private let prefix: [String]
    private let environment: [String: String]
    private let epmd: ServerProcess
    private(set) var process: ServerProcess
    private var client: HTTPClient

    private static let scripts = "/usr/lib/rabbitmq/bin/"

    /// Does not wait until it answers.
    ///
    /// - Parameter diskFreeLimit: in bytes; below it the broker takes no messages.
    init(folder: String, prefix: [String] = [], logFolder: String, diskFreeLimit: Int = 256_000_000) throws {
        self.folder = folder
        self.prefix = prefix
        let ports = FreePorts.take(4)
        (port, managementPort) = (ports[0], ports[1])
        client = HTTPClient(port: managementPort, timeout: .seconds(5))
        let settings = logFolder + "/rabbitmq-settings-\(port)"
        try FileText.makeFolder(settings + "/home")
        try FileText.write("kindredfaults", to: settings + "/home/.erlang.cookie", mode: 0o400)
        try FileText.write("[rabbitmq_management].\n", to: settings + "/enabled_plugins")
        // How often counts of messages are taken, in ms.
        try FileText.write("[{rabbit, [{quorum_tick_interval, 500}]}].\n", to: settings + "/advanced.config")
        try FileText.write(
            """
            listeners.tcp.1 = 127.0.0.1:\(port)
            management.tcp.ip = 127.0.0.1
            management.tcp.port = \(managementPort)
            log.console = true
            log.connection.level = warning
            vm_memory_high_watermark.absolute = 1GiB
            disk_free_limit.absolute = \(diskFreeLimit)
            raft.wal_max_size_bytes = 16777216
            collect_statistics_interval = 500

            """, to: settings + "/rabbitmq.conf")
        environment = [
            "HOME": settings + "/home", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "RABBITMQ_NODENAME": "faults@localhost",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null", "RABBITMQ_CONFIG_FILE": settings + "/rabbitmq.conf",
            "RABBITMQ_ADVANCED_CONFIG_FILE": settings + "/advanced.config",
            "RABBITMQ_ENABLED_PLUGINS_FILE": settings + "/enabled_plugins", "RABBITMQ_MNESIA_BASE": folder + "/mnesia",
            "RABBITMQ_SCHEMA_DIR": settings + "/schema", "RABBITMQ_LOG_BASE": settings, "RABBITMQ_LOGS": "-",
            "RABBITMQ_PID_FILE": settings + "/broker.pid", "RABBITMQ_DIST_PORT": "\(ports[2])",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS":
                "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
            "RABBITMQ_SERVER_START_ARGS": "+B i", "RUNNING_UNDER_SYSTEMD": "true",
            "ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": "\(ports[3])",
        ]
        let log = logFolder + "/rabbitmq-\(port).log"
        epmd = try ServerProcess(
            "epmd", ["/usr/bin/epmd", "-address", "127.0.0.1", "-port", "\(ports[3])"], logFile: logFolder + "/epmd.log")
        process = try ServerProcess(
            "rabbitmq", prefix + [Self.scripts + "rabbitmq-server"], environment: environment, logFile: log)
    }

    func kill() { process.kill() }

    func restart() throws {
        process.kill()
        process = try ServerProcess(
            "rabbitmq", prefix + [Self.scripts + "rabbitmq-server"], environment: environment, logFile: process.logFile)
    }

    func waitUntilReady() throws {
        let answers = eventually(within: .seconds(120), every: .milliseconds(100)) {
            (try? call("GET", "/api/health/checks/port-listener/\(port)"))?.status == 200 || !process.isRunning
        }
        guard answers, process.isRunning else {
            throw HarnessError("RabbitMQ did not start:\n\(process.log.suffix(3000))")
        }
    }

    /// `rabbitmqctl`, which takes seconds of CPU.
    func control(_ arguments: [String]) throws {
        let command = try ServerProcess(
            "rabbitmqctl", [Self.scripts + "rabbitmqctl"] + arguments, environment: environment,
            logFile: process.logFile + ".ctl")
        guard command.waitUntilEnded(within: .seconds(60)) != nil, command.exitCode == 0 else {
            throw HarnessError("rabbitmqctl \(arguments) failed: \(command.log.suffix(1000))")
        }
    }

    /// Messages in each queue whose name starts with `prefix`, by the rest of the name.
    func counts(prefix: String) throws -> [String: Int] {
        let answer = try call("GET", "/api/queues?columns=name,messages")
        guard answer.status == 200, let queues = try? JSONSerialization.jsonObject(with: answer.body) as? [[String: Any]] else {
            throw HarnessError("the broker does not tell its queues: \(answer.status)")
        }
        var counts: [String: Int] = [:]
        for queue in queues {
            guard let name = queue["name"] as? String, name.hasPrefix(prefix) else { continue }
            counts[String(name.dropFirst(prefix.count))] = queue["messages"] as? Int ?? 0
        }
        return counts
    }

    func deleteQueues(prefix: String) throws {
        for name in try counts(prefix: prefix).keys { _ = try call("DELETE", "/api/queues/%2F/\(prefix)\(name)") }
    }

    func publish(_ payload: String, toExchange exchange: String, routingKey: String = "") throws {
        let body: [String: Any] = [
            "properties": ["delivery_mode": 2], "routing_key": routingKey, "payload": payload, "payload_encoding": "string",
        ]
        let answer = try call("POST", "/api/exchanges/%2F/\(exchange)/publish", body)
        guard answer.status == 200, answer.json["routed"] as? Bool == true else {
            throw HarnessError("not published: \(answer.status) \(answer.text)")
        }
    }

    private func call(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> HTTPAnswer {
        do {
            return try client.send(method, path, body: body, headers: ["Authorization": "Basic Z3Vlc3Q6Z3Vlc3Q="])
        } catch { throw HarnessError("the broker does not answer: \(error)") }
    }
}
