import Configuration
import Logging
import Metrics
import Testing

@testable import ServiceRuntime

@Suite struct TelemetryTests {
    @Test func setsUpOnceAndRefusesNonsense() throws {
        for (variable, value) in [("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml")] {
            let config = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: [variable: value]))
            #expect(throws: ConfigurationError.self) { try Telemetry.bootstrap(service: "test", reading: config) }
        }
        let quiet = ["LOG_LEVEL": "critical", "LOG_FORMAT": "json"]
        let config = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: quiet))
        let metrics = try Telemetry.bootstrap(service: "test", reading: config)
        let again = try Telemetry.bootstrap(service: "other", reading: config)
        #expect(metrics === again)
        #expect(Logger(label: "x").logLevel == .critical)
        Counter(label: "bootstrap_total").increment()
        #expect(try ExpositionParser(metrics.exposition()).value("bootstrap_total") == 1)
    }
}
