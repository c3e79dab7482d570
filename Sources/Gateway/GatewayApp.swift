import Configuration
import Foundation
import Logging
import ServiceLifecycle
import ServiceRuntime
import UnixSignals

@main struct GatewayApp {
    /// How long what is in hand may take after SIGTERM.
    static let shutdownLimit = Duration.seconds(10)

    static func main() async {
        do {
            try await run(reading: ConfigReader(provider: EnvironmentVariablesProvider()))
        } catch {
            FileHandle.standardError.write(Data("kindred-gateway: \(error)\n".utf8))
            exit(EXIT_FAILURE)
        }
    }

    private static func run(reading config: ConfigReader) async throws {
        let metrics = try Telemetry.bootstrap(service: "gateway", reading: config)
        let logger = Logger(label: "gateway")
        let configuration = try GatewayConfiguration(reading: config)
        let dependencies = try Dependencies(configuration, reading: config, metrics: metrics, logger: logger)
        var group = ServiceGroupConfiguration(
            services: await services(configuration, dependencies, logger: logger), gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        group.maximumGracefulShutdownDuration = shutdownLimit
        try await ServiceGroup(configuration: group).run()
    }
}
