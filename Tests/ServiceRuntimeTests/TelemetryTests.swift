import Configuration
import Glibc
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

    @Test func takesAsManyOpenFilesAsItMay() {
        var before = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
        var few = before
        few.rlim_cur = min(256, before.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &few)
        Telemetry.allowManyConnections()
        var after = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &after)
        #expect(after.rlim_cur == min(before.rlim_max, 65_536))
        before.rlim_cur = max(before.rlim_cur, after.rlim_cur)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
    }
}
