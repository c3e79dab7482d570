import Hummingbird
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

@Suite struct RouteAccessTests {
    @Test func everyRouteHasARule() {
        let router = Router(context: GatewayRequestContext.self)
        TestGateway().server.addRoutes(to: router)
        #expect(!router.routes.isEmpty)
        for route in router.routes {
            #expect(
                RouteAccess.rule(of: route.method, route.path.description) != nil, "who may use \(route.method) \(route.path)?")
        }
    }

    @Test(arguments: [nil, "Bearer \(TestAccounts.serviceKey)", "Bearer \(TestAccounts.operatorKey)"])
    func whatHasNoRuleIsRefused(authorization: String?) async throws {
        let router = Router(context: GatewayRequestContext.self)
        router.addMiddleware {
            ErrorResponses(routes: RouteTable([]), retryDelay: { 1 })
            AccessCheck(
                authentication: Authentication(
                    serviceKey: SecretKey(TestAccounts.serviceKey), operatorKey: SecretKey(TestAccounts.operatorKey),
                    sessions: InMemoryAccounts(), now: { .now }),
                proxies: TrustedProxies(blocks: []))
        }
        router.get("/v1/forgotten") { _, _ in "a secret" }
        var head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/v1/forgotten")
        head.headerFields[.authorization] = authorization
        let answer = try await TestAnswer(
            router.buildResponder().respond(
                to: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context: TestGateway.context()))
        #expect(answer.status == 403)
        #expect(!answer.text.contains("secret"))
    }

    /// Whoever may do something as a guest may do it as a user too.
    @Test func nobodyMayDoLessForBeingKnown() {
        for (route, rule) in RouteAccess.table where rule.roles.contains(.nobody) {
            #expect(rule.roles.contains(.user) && rule.roles.contains(.service), "\(route)")
        }
    }

    @Test func aHeadIsAGet() async throws {
        let kindred = TestAccounts()
        let member = try await kindred.member("ann")
        #expect(try await kindred.gateway.send(.head, "/v1/users/me/ratings", token: member.token).status == 200)
        #expect(try await kindred.gateway.send(.head, "/v1/users/me/ratings").status == 401)
    }

    /// What everybody may read needs no Redis, whatever token comes along.
    @Test func theCatalogueIsReadableWhileNobodyKnowsWhoAsks() async throws {
        let kindred = TestAccounts(change: { $0.accounts?.sessions = AwaySessions() })
        let token = SessionToken.random().text
        #expect(try await kindred.gateway.send(.get, "/v1/catalogue", token: token).status == 200)
        #expect(try await kindred.gateway.send(.get, "/v1/items/1", token: token).status == 200)
        for path in ["/v1/users/me/ratings", "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch", "/v1/sessions/current"] {
            #expect(try await kindred.gateway.send(.get, path, token: token).code == "storage_unavailable")
        }
        #expect(try await kindred.gateway.send(.post, "/v1/recommendations", #"{"ratings":[]}"#, token: token).status == 503)
    }
}
