import Hummingbird

@main struct GatewayApp {
    static func main() async throws {
        let router = Router()
        router.get("/livez") { _, _ in HTTPResponse.Status.ok }
        try await Application(router: router).runService()
    }
}
