import Hummingbird

/// What the HTTP server itself can do: one route that answers a few bytes and nothing else. `EmptyServer PORT`.
@main struct EmptyServer {
    static func main() async throws {
        let router = Router()
        router.get("/") { _, _ in "{}\n" }
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8081
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port))).runService()
    }
}
