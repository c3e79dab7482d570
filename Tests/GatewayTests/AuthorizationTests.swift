import Configuration
import Generations
import Hummingbird
import Messaging
import ServiceRuntime
import Testing

@testable import Gateway

@Suite struct AuthorizationTests {
    static let key = "a long random text"

    @Test(
        arguments: [
            (nil, nil, 200), (nil, "Bearer whatever", 200), (key, nil, 401), (key, "Bearer \(key)", 200),
            (key, "bearer \(key)", 200),
            (key, "Bearer  \(key)", 401), (key, "Bearer a long random tex", 401),
            (key, "Bearer b long random text", 401), (key, "Bearer \(key)\(key)", 401), (key, "Basic \(key)", 401),
            (key, key, 401),
            (key, "Bearer", 401), (key, "Bearer ", 401), (key, "", 401),
        ] as [(String?, String?, Int)])
    func wantsTheKeyIfThereIsOne(key: String?, header: String?, status: Int) async throws {
        var configuration = GatewayConfiguration()
        configuration.apiKey = key
        let gateway = TestGateway(configuration: configuration)
        let answer = try await gateway.send(.get, "/v1/catalogue", headers: header.map { ["Authorization": $0] } ?? [:])
        #expect(answer.status == status)
        guard status == 401 else { return }
        #expect(answer.code == "unauthorized")
        #expect(answer.header("WWW-Authenticate") == #"Bearer realm="kindred""#)
    }

    @Test(arguments: [
        ("old", 200), ("new", 200), ("old\nnew", 401), ("ol", 401), ("newer", 401), ("", 401), ("third", 401), ("two words", 200),
    ])
    func takesEachOfSeveralKeys(offered: String, status: Int) async throws {
        var configuration = GatewayConfiguration()
        configuration.apiKey = "old\n\n new \r\ntwo words\n"
        let gateway = TestGateway(configuration: configuration)
        #expect(try await gateway.send(.get, "/v1/catalogue", token: offered).status == status)
    }

    @Test func coversEveryRouteButTheOpenOnes() async throws {
        var configuration = GatewayConfiguration()
        configuration.apiKey = Self.key
        let gateway = TestGateway(configuration: configuration)
        let router = Router(context: GatewayRequestContext.self)
        gateway.server.addRoutes(to: router)
        for route in router.routes {
            let path = route.path.description
            let answer = try await gateway.send(route.method, path)
            #expect(
                (answer.status == 401) == !["/livez", "/readyz", "/metrics", "/docs", "/openapi.json"].contains(path), "\(route)")
        }
        #expect(try await gateway.send(.get, "/v1/nothing").status == 401)
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    @Test(
        arguments: [
            ("127.0.0.1", nil, true), ("127.8.9.1", nil, true), ("localhost", nil, true), ("::1", nil, true),
            ("0.0.0.0", nil, false),
            ("::", nil, false), ("10.0.0.1", nil, false), ("127.example.com", nil, false), ("127.0.0.1.nip.io", nil, false),
            ("128.0.0.1", nil, false), ("0.0.0.0", key, true), ("127.0.0.1", key, true),
        ] as [(String, String?, Bool)])
    func startsWithoutAKeyOnlyWhereNobodyElseCanConnect(host: String, key: String?, starts: Bool) throws {
        var values: [AbsoluteConfigKey: ConfigValue] = ["gateway.host": ConfigValue(.string(host), isSecret: false)]
        if let key { values["gateway.apiKey"] = ConfigValue(.string(key), isSecret: true) }
        let config = ConfigReader(provider: InMemoryProvider(values: values))
        guard !starts else {
            let configuration = try GatewayConfiguration(reading: config)
            #expect(configuration.host == host)
            #expect(configuration.apiKey == key)
            return
        }
        let error = #expect(throws: ConfigurationError.self) { try GatewayConfiguration(reading: config) }
        #expect(error?.variable == "GATEWAY_API_KEY")
        for advice in ["GATEWAY_API_KEY_FILE", "GATEWAY_HOST=127.0.0.1", "Authorization: Bearer"] {
            #expect(error?.description.contains(advice) == true)
        }
    }

    @Test func readsItsSettings() throws {
        let values: [AbsoluteConfigKey: ConfigValue] = ["gateway.port": 9000, "ratings.file": "/data/movies.ratings"]
        let configuration = try GatewayConfiguration(reading: ConfigReader(provider: InMemoryProvider(values: values)))
        #expect(configuration.port == 9000)
        #expect(configuration.data.ratingsFile == "/data/movies.ratings")
        #expect(configuration.apiKey == nil)
        #expect(throws: ConfigurationError.self) {
            try GatewayConfiguration(reading: ConfigReader(provider: InMemoryProvider(values: ["gateway.port": 70_000])))
        }
    }
}
