import Foundation
import Glibc
import Recommenders
import TestSupport
import Testing

/// A whole Kindred on the test servers: gateway and workers as processes, queues and Redis database of its own.
final class Deployment {
    let folder: URL
    let client: HTTPClient
    let modelsFolder: URL
    let gateway: Program
    private(set) var workers: [Program] = []
    private let environment: [String: String]

    /// Imports `data`, trains models if told to, starts a gateway and `workerCount` workers, and waits until they are ready.
    ///
    /// - Parameters:
    ///   - inGenerations: whether files are kept in generations, or replaced one by one.
    ///   - experiments: the file of experiments; none if nil.
    init(
        data: URL, workerCount: Int, servers: TestServers, training: [String] = [], gatewayEnvironment: [String: String] = [:],
        inGenerations: Bool = false, experiments: String? = nil
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "kindred-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let ratings = folder.appending(path: "kindred.ratings").path(percentEncoded: false)
        modelsFolder = folder.appending(path: inGenerations ? "data/current/kindred.models" : "models")
        let models = modelsFolder.path(percentEncoded: false)
        let generations = folder.appending(path: "data").path(percentEncoded: false)
        var files =
            inGenerations
            ? ["DATA_FOLDER": generations, "DATA_INTERVAL": "1"] : ["RATINGS_FILE": ratings, "MODELS_FOLDER": models]
        if let experiments {
            let file = folder.appending(path: "experiments.yaml").path(percentEncoded: false)
            try experiments.write(toFile: file, atomically: true, encoding: .utf8)
            files["EXPERIMENTS_FILE"] = file
        }
        let importer = try Program(
            "kindred", arguments: ["import", data.path(percentEncoded: false)], environment: files, folder: folder)
        try #require(await importer.waitUntilEnded(within: .seconds(120)) != nil, "import did not end")
        try #require(importer.exitCode == 0, "\(importer.log)")

        if !training.isEmpty {
            let trainer = try Program(
                "kindred",
                arguments: ["train"] + training.flatMap { ["--algorithm", $0] }, environment: files, folder: folder)
            try #require(await trainer.waitUntilEnded(within: .seconds(240)) != nil, "training did not end")
            try #require(trainer.exitCode == 0, "\(trainer.log)")
        }
        environment = [
            "REDIS_HOST": "127.0.0.1", "REDIS_PORT": servers.redisPort,
            "REDIS_DATABASE": "\(Int.random(in: 1...15))", "RABBITMQ_HOST": "127.0.0.1",
            "RABBITMQ_PORT": servers.rabbitMQPort, "RABBITMQ_PREFIX": "test-\(UUID().uuidString.prefix(8)).",
            "LOG_LEVEL": "info", "LOG_FORMAT": "json", "WORKER_HEALTH_PORT": "0",
        ].merging(files) { $1 }
        let port = try freePort()
        client = HTTPClient(port: port)
        gateway = try Program(
            "kindred-gateway",
            environment: environment.merging(["GATEWAY_PORT": "\(port)"]) { $1 }.merging(gatewayEnvironment) { $1 },
            folder: folder)
        for _ in 0..<workerCount { try startWorker() }
        let gatewayIsReady = try await eventually(within: .seconds(60)) {
            (try? await client.get("/readyz").status) == 200
        }
        try #require(gatewayIsReady, "the gateway is not ready: \(gateway.log)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func startWorker() throws {
        workers.append(try Program("kindred-worker", environment: environment, folder: folder))
    }

    /// Starts another gateway on the same servers, or on those that the settings name.
    func launchGateway(_ settings: [String: String]) throws -> (gateway: Program, client: HTTPClient) {
        let port = try freePort()
        let program = try Program(
            "kindred-gateway", environment: environment.merging(["GATEWAY_PORT": "\(port)"]) { $1 }.merging(settings) { $1 },
            folder: folder)
        return (program, HTTPClient(port: port))
    }

    /// The same, and waits until it is ready.
    func startGateway(_ settings: [String: String]) async throws -> (gateway: Program, client: HTTPClient) {
        let (program, client) = try launchGateway(settings)
        let isReady = try await eventually(within: .seconds(60)) { (try? await client.get("/readyz").status) == 200 }
        try #require(isReady, "the gateway is not ready: \(program.log)")
        return (program, client)
    }

    /// Kills the first worker as the kernel would, and forgets it.
    func killWorker() { workers.removeFirst().send(SIGKILL) }

    /// Runs the command line beside the test.
    func start(_ arguments: [String]) throws -> Program {
        try Program("kindred", arguments: arguments, environment: environment, folder: folder)
    }

    func command(_ arguments: [String]) async throws -> Program {
        let program = try start(arguments)
        try #require(await program.waitUntilEnded(within: .seconds(60)) != nil)
        return program
    }

    /// Asks all to leave, and expects them to within ten seconds, with exit code 0.
    func drain() async {
        for program in workers + [gateway] { program.send(SIGTERM) }
        for program in workers + [gateway] {
            let duration = await program.waitUntilEnded(within: .seconds(10))
            #expect(duration != nil, "still running after 10 s: \(program.log)")
            if duration != nil { #expect(program.exitCode == 0, "\(program.log)") }
        }
    }
}

/// A loopback port that nobody listens on.
func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
        }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
}
