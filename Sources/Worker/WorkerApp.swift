import Configuration
import Glibc
import Logging
import ServiceLifecycle
import ServiceRuntime

/// `kindred-worker`: carries out the jobs that gateways leave in RabbitMQ.
@main struct WorkerApp {
    static func main() async {
        do {
            let config = ConfigReader(provider: EnvironmentVariablesProvider())
            let metrics = try Telemetry.bootstrap(service: "worker", reading: config)
            try await build(reading: config, metrics: metrics).run()
        } catch {
            Logger(label: "kindred-worker").critical("Worker ends", metadata: [LogKey.error: "\(error)"])
            exit(1)
        }
    }
}
