import Foundation
import Testing

/// The built program, run with arguments until it ends.
struct CommandLineProgram {
    struct Outcome {
        let exitCode: Int32
        let output: String
        let errors: String

        /// Standard output as a JSON object.
        var json: [String: Any] {
            get throws { try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) }
        }
    }

    let folder: URL

    /// A folder of its own, which `remove()` deletes.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "kindred-cli-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    @discardableResult
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, environment: environment)
    }

    @discardableResult
    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = Self.location
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Nothing of the machine's own settings, and no server where one would be looked for by default.
        process.environment = ["REDIS_PORT": "1", "RABBITMQ_PORT": "1", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        let files = ["out", "err"].map { folder.appending(path: "\($0)-\(UUID().uuidString)") }
        for file in files { _ = FileManager.default.createFile(atPath: file.path(percentEncoded: false), contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        return Outcome(exitCode: process.terminationStatus, output: texts[0], errors: texts[1])
    }

    func write(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Beside the test bundle.
    private static let location: URL = {
        let arguments = ProcessInfo.processInfo.arguments
        let bundle = arguments.first { $0.hasSuffix(".xctest") } ?? arguments[0]
        return URL(filePath: bundle).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "kindred")
    }()
}
