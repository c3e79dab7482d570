import Configuration
import Foundation
import Logging
import Recommenders
import ServiceRuntime
import Synchronization
import Testing

@testable import Gateway
@testable import Worker

/// `deploy/settings.txt` lists what the programs read, for the checks of the manifests: here it is compared with what they ask for.
@Suite struct SettingsListTests {
    /// Notes every setting that somebody asks for.
    private final class Recorder: AccessReporter {
        private let keys = Mutex<Set<String>>([])

        func report(_ event: AccessEvent) {
            // Named as errors about a setting name it.
            let variable = ConfigReader(provider: InMemoryProvider(values: [:]))
                .variable(forKey: ConfigKey(event.metadata.key.components))
            keys.withLock { _ = $0.insert(variable) }
        }

        var variables: Set<String> { keys.withLock { $0 } }
    }

    /// Settings under which everything is asked for that depends on others. Those of the log are those of `TelemetryTests`: the first test
    /// of a process sets it up for all.
    private static let environment = [
        "REDIS_CACHE_HOST": "cache", "REDIS_SENTINELS": "sentinel", "RABBITMQ_TLS": "true", "RABBITMQ_CA_FILE": "/ca.pem",
        "GATEWAY_ACCOUNTS": "true", "RECOMMENDER_SIMILARITY": "cosine", "RECOMMENDER_NEIGHBOURS": "20",
        "LOG_LEVEL": "critical", "LOG_FORMAT": "json",
    ]

    private func asked(_ body: (ConfigReader, PrometheusMetrics) async throws -> Void) async throws -> Set<String> {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kindred-settings-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let matrix = RatingMatrix(itemCount: 2, rowStarts: [0, 2], items: [0, 1], rowCodes: [1, 2])
        let items = [try ItemID("1"), try ItemID("2")]
        let dataset = Dataset(
            name: "d", scale: .halfStars, users: Vocabulary([try UserID("a")]), items: Vocabulary(items), ratings: matrix,
            catalogue: Catalogue(itemKind: "thing", entries: items.map { CatalogueEntry(title: $0.rawValue) }), logOffset: nil)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let ratings = folder.appending(path: "kindred.ratings").path(percentEncoded: false)
        try RatingsFileWriter.write(dataset, to: ratings)
        let recorder = Recorder()
        let variables = Self.environment.merging(["RATINGS_FILE": ratings]) { $1 }
        let config = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: variables), accessReporter: recorder)
        try await body(config, try Telemetry.bootstrap(service: "settings", reading: config))
        // Asked for on a terminal only.
        return recorder.variables.union(["NO_COLOR"])
    }

    private func listed(_ program: String) throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "deploy/settings.txt"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        return Set(lines.filter { $0.first == Substring(program) && $0.count == 2 }.map { String($0[1]) })
    }

    @Test func listsWhatGatewaysRead() async throws {
        let asked = try await asked { config, metrics in
            _ = try Dependencies(
                try GatewayConfiguration(reading: config), reading: config, metrics: metrics, logger: Logger(label: "settings"))
        }
        #expect(try asked.subtracting(listed("gateway")) == [], "deploy/settings.txt lacks these, and the manifests perhaps too")
        #expect(try listed("gateway").subtracting(asked) == [], "nobody reads these any more")
    }

    @Test func listsWhatWorkersRead() async throws {
        let asked = try await asked { config, metrics in _ = try await WorkerApp.build(reading: config, metrics: metrics) }
        #expect(try asked.subtracting(listed("worker")) == [], "deploy/settings.txt lacks these, and the manifests perhaps too")
        #expect(try listed("worker").subtracting(asked) == [], "nobody reads these any more")
    }
}
