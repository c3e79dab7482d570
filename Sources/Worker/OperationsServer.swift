import Hummingbird
import Logging
import ServiceRuntime
import Synchronization

/// `/livez`, `/readyz` and `/metrics` of a worker, for probes and Prometheus.
struct OperationsServer {
    /// Whether the job loop turns; it writes, probes read.
    final class Readiness: Sendable {
        private let isReady = Mutex(false)

        var value: Bool { isReady.withLock { $0 } }
        func set(_ value: Bool) { isReady.withLock { $0 = value } }
    }

    static func application(
        host: String, port: Int, stalledLoops: @escaping @Sendable () -> [String] = { LoopRegistry.shared.stalled() },
        isReady: @escaping @Sendable () -> Bool, metrics: @escaping @Sendable () -> String, logger: Logger
    ) -> some ApplicationProtocol {
        Application(
            router: router(stalledLoops: stalledLoops, isReady: isReady, metrics: metrics),
            configuration: .init(address: .hostname(host, port: port), serverName: nil),
            logger: logger)
    }

    static func router(
        stalledLoops: @escaping @Sendable () -> [String], isReady: @escaping @Sendable () -> Bool,
        metrics: @escaping @Sendable () -> String
    ) -> Router<BasicRequestContext> {
        let router = Router()
        // Only our own threads count: RabbitMQ and Redis are no reason to restart a worker.
        router.get("/livez") { _, _ in
            let stalled = stalledLoops()
            return stalled.isEmpty
                ? Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "alive\n")))
                : Response(
                    status: .serviceUnavailable,
                    body: .init(byteBuffer: ByteBuffer(string: "stuck: \(stalled.joined(separator: ", "))\n")))
        }
        router.get("/readyz") { _, _ in
            isReady()
                ? Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ready\n")))
                : Response(status: .serviceUnavailable, body: .init(byteBuffer: ByteBuffer(string: "not taking jobs\n")))
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: metrics())))
        }
        return router
    }
}
