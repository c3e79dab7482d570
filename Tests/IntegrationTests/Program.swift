import Foundation
import Glibc
import Synchronization
import TestSupport

/// One of our executables, running.
final class Program: @unchecked Sendable {  // Process is used by one test at a time; `exit` below is guarded
    private let process = Process()
    private let output: URL
    private let ended = Mutex<Bool>(false)

    init(_ name: String, arguments: [String] = [], environment: [String: String] = [:], folder: URL) throws {
        output = folder.appending(path: "\(name)-\(UUID().uuidString.prefix(8)).log")
        _ = FileManager.default.createFile(atPath: output.path(percentEncoded: false), contents: nil)
        let log = try FileHandle(forWritingTo: output)
        process.executableURL = TestServers.programFolder.appending(path: name)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = log
        process.standardError = log
        process.standardInput = FileHandle.nullDevice
        process.terminationHandler = { [weak self] _ in self?.ended.withLock { $0 = true } }
        try process.run()
    }

    deinit { if isRunning { kill(process.processIdentifier, SIGKILL) } }

    var isRunning: Bool { ended.withLock { !$0 } }
    var exitCode: Int32 { process.terminationStatus }
    var log: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// - Returns: how long it took to end, or nil when it did not within `limit`.
    func waitUntilEnded(within limit: Duration) async -> Duration? {
        let began = ContinuousClock.now
        let ended = try? await eventually(within: limit) { !self.isRunning }
        return ended == true ? .now - began : nil
    }
}
