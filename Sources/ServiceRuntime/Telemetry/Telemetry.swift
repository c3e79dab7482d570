package import Configuration
import Glibc
import Logging
import Metrics
import Synchronization

/// How a process of ours tells what it does: its log on standard error, its metrics for Prometheus.
package enum Telemetry {
    /// The forms of the log.
    enum LogFormat: String, CaseIterable, Sendable {
        case json, text
    }

    private static let bootstrapped = Mutex<PrometheusMetrics?>(nil)

    /// Sets up log and metrics, and has writes to closed connections fail instead of ending the process. The first call in a
    /// process counts; later ones return its metrics.
    ///
    /// - `log.level` (default `info`): `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`
    /// - `log.format` (default `text` on a terminal, else `json`)
    /// - `no.color`: set to anything, the log has no colours on a terminal either
    package static func bootstrap(
        service: String, reading config: ConfigReader
    ) throws(ConfigurationError) -> PrometheusMetrics {
        let level = try config.choice(forKey: "log.level", default: Logger.Level.info)
        let isTerminal = StandardErrorOutput.isTerminal
        let format = try config.choice(forKey: "log.format", default: isTerminal ? LogFormat.text : .json)
        let hasColours = isTerminal && config.text(forKey: "no.color") == nil
        ignoreBrokenPipes()
        allowManyConnections()
        return bootstrapped.withLock { bootstrapped in
            if let bootstrapped { return bootstrapped }
            let metrics = PrometheusMetrics(service: service)
            for (label, help) in MetricHelp.texts { metrics.describe(label, help) }
            LoggingSystem.bootstrap(
                { label, provider in
                    switch format {
                    case .json: JSONLogHandler(label: label, level: level, provider: provider)
                    case .text: TextLogHandler(label: label, level: level, hasColours: hasColours, provider: provider)
                    }
                }, metadataProvider: nil)
            MetricsSystem.bootstrap(metrics)
            bootstrapped = metrics
            return metrics
        }
    }

    /// Systems allow 1,024 open files unless a process asks for more, which is too few for those who wait for jobs.
    static func allowManyConnections() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65_536))
        // If it is refused, the old limit stays.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// A write to a connection that the other side closed is an error where it is written, not a signal that ends the process.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}
