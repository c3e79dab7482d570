import Foundation

/// The RabbitMQ and Redis that the test command started, as it tells in the environment.
struct TestServers: Sendable {
    let redisPort: String
    let rabbitMQPort: String

    /// nil when there are none; `./test.sh` starts them.
    static let running: TestServers? = {
        let environment = ProcessInfo.processInfo.environment
        guard let redis = environment["KINDRED_TEST_REDIS_PORT"], let rabbitMQ = environment["KINDRED_TEST_RABBITMQ_PORT"]
        else { return nil }
        return TestServers(redisPort: redis, rabbitMQPort: rabbitMQ)
    }()

    /// Where real data sets are: `KINDRED_DATA`, or the folder beside the project.
    static let dataFolder: URL = {
        if let path = ProcessInfo.processInfo.environment["KINDRED_DATA"] { return URL(filePath: path) }
        return packageFolder.deletingLastPathComponent().appending(path: "shared/data")
    }()

    static let movieLensFolder: URL? = {
        let folder = dataFolder.appending(path: "ml-latest-small")
        return FileManager.default.fileExists(atPath: folder.appending(path: "ratings.csv").path()) ? folder : nil
    }()

    /// The folder with Package.swift.
    static let packageFolder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Where the built programs are: beside the running test bundle.
    static let programFolder: URL = {
        let argument = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") }
        let path = argument ?? ProcessInfo.processInfo.arguments[0]
        return URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    }()
}
