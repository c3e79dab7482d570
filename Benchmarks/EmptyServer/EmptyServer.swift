import Hummingbird
import Logging

/// The HTTP server of the gateway with a handler that does nothing: what an answer of the gateway is measured against.
@main struct EmptyServer {
    /// Listens on port 18099 of this machine, or on the one that the only argument says.
    static func main() async throws {
        var logger = Logger(label: "empty-server")
        logger.logLevel = .warning
        let router = Router()
        router.get("/v1/jobs/{job}") { _, _ in Response(status: .ok) }
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 18099
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)), logger: logger)
        try await application.runService()
    }
}
