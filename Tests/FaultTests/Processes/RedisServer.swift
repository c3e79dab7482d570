import Glibc

/// A redis-server of the harness: on disk before it is answered, as a data role must be.
final class RedisServer {
    let port: Int
    private let folder: String
    /// What stands before the command, to start it in another mount namespace.
    private let prefix: [String]
    private(set) var process: ServerProcess

    init(folder: String, port: Int, prefix: [String] = [], logFile: String? = nil) throws {
        self.folder = folder
        self.port = port
        self.prefix = prefix
        if prefix.isEmpty { try FileText.makeFolder(folder) }
        process = try Self.start(folder, port, prefix, logFile ?? folder + ".log")
        try waitUntilReady()
    }

    func kill() { process.kill() }

    func restart() throws {
        process.kill()
        process = try Self.start(folder, port, prefix, process.logFile)
    }

    /// While it reads its data back it answers LOADING.
    func waitUntilReady() throws {
        guard eventually(within: .seconds(30), { answers }) else {
            throw HarnessError("Redis did not start:\n\(process.log.suffix(2000))")
        }
    }

    var answers: Bool { (try? RedisClient(port: port).send(["PING"]))?.text == "PONG" }

    private static func start(_ folder: String, _ port: Int, _ prefix: [String], _ logFile: String) throws
        -> ServerProcess
    {
        try ServerProcess(
            "redis",
            prefix + [
                "/usr/bin/redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder, "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
            ], logFile: logFile)
    }
}
