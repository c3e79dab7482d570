import Foundation
import Glibc
import TestSupport
import Testing

@testable import Storage

/// A sentinel of the test's own, which watches a master called "mymaster" and asks for a password.
final class SentinelProcess {
    static let password = "sentinel's secret"

    let address: RedisAddress
    private let folder: URL
    private let process = Process()

    /// - Parameter quorum: how many must agree that the master is gone.
    init(watching masterPort: Int, quorum: Int) throws {
        address = RedisAddress(host: "127.0.0.1", port: RedisProcess.freePort())
        folder = FileManager.default.temporaryDirectory.appending(path: "kindred-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "sentinel.conf")
        try """
        bind 127.0.0.1
        port \(address.port)
        dir \(folder.path)
        requirepass "\(Self.password)"
        sentinel sentinel-pass "\(Self.password)"
        sentinel monitor mymaster 127.0.0.1 \(masterPort) \(quorum)
        sentinel down-after-milliseconds mymaster 500
        sentinel failover-timeout mymaster 3000
        """.write(to: file, atomically: true, encoding: .utf8)
        process.executableURL = URL(filePath: RedisProcess.executable ?? "")
        process.arguments = [file.path, "--sentinel"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Waits until it knows `replicas` replicas and `others` other sentinels.
    func untilItKnows(replicas: Int, others: Int) async throws {
        var configuration = RedisConfiguration.test(port: address.port)
        configuration.password = Self.password
        let connection = RedisConnection(configuration, logger: .silent)
        let knowsAll = try await eventually(within: .seconds(60)) {
            guard case .array(let words)? = try? await connection.send(["SENTINEL", "MASTER", "mymaster"]) else { return false }
            let fields = Dictionary(
                stride(from: 0, to: words.count - 1, by: 2).map { (words[$0].text, words[$0 + 1].text) }, uniquingKeysWith: { $1 }
            )
            return fields["num-slaves"] == "\(replicas)" && fields["num-other-sentinels"] == "\(others)"
        }
        #expect(knowsAll)
        await connection.close()
    }

    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
