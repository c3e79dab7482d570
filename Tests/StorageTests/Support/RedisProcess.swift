import Foundation
import Glibc
import TestSupport
import Testing

@testable import Storage

/// A redis-server of the test's own.
final class RedisProcess {
    let port: Int
    private let folder: URL
    private let arguments: [String]
    private var process: Process?

    static let executable = ["/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    init(_ arguments: [String] = []) async throws {
        port = Self.freePort()
        folder = FileManager.default.temporaryDirectory.appending(path: "kindred-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.arguments = arguments
        try await start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Returns once it answers.
    func start() async throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.executable ?? "")
        process.arguments =
            ["--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder.path, "--save", "", "--appendonly", "yes"] + arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process
        let connection = RedisConnection(.test(port: port), logger: .silent)
        let isUp = try await eventually {
            let error = try await storageErrorIfAny { _ = try await connection.send(["PING"]) }
            return error == nil || error?.reply == "NOAUTH"
        }
        #expect(isUp)
        await connection.close()
    }

    /// Without any chance to say good-bye.
    func kill() {
        guard let process, process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    static func freePort() -> Int {
        let server = FakeRedis { _, _ in }
        defer { server.stop() }
        return server.port
    }
}
