import Hummingbird
import Messaging
import Testing

@testable import Gateway

/// What is refused before anything is accepted.
@Suite struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        let body: String?
        let status: Int
        let code: String
        let pointer: String?

        init(_ method: String, _ path: String, _ body: String?, _ status: Int, _ code: String, _ pointer: String? = nil) {
            self.method = method
            self.path = path
            self.body = body
            self.status = status
            self.code = code
            self.pointer = pointer
        }

        var testDescription: String { "\(method) \(path) \(body ?? "")" }
    }

    static let one = "/v1/users/ann/ratings/1"
    static let many = "/v1/users/ann/ratings"
    static let user = "/v1/users/ann/recommendations"
    static let guest = "/v1/recommendations"

    static let cases = [
        Case("PUT", one, "{", 400, "malformed_json"),
        Case("PUT", one, "", 400, "malformed_json"),
        Case("PUT", one, #"{"rating":4,"rating":5}"#, 400, "malformed_json"),
        Case("PUT", one, "[]", 400, "wrong_type", "#"),
        Case("PUT", one, "{}", 400, "missing_field", "#/rating"),
        Case("PUT", one, #"{"rating":null}"#, 400, "wrong_type", "#/rating"),
        Case("PUT", one, #"{"rating":"4"}"#, 400, "wrong_type", "#/rating"),
        Case("PUT", one, #"{"rating":4,"a/~b":1}"#, 400, "unknown_field", "#/a~1~0b"),
        Case("PUT", one, #"{"rating":4.25}"#, 422, "rating_off_scale", "#/rating"),
        Case("PUT", one, #"{"rating":0}"#, 422, "rating_off_scale", "#/rating"),
        Case("PUT", one, #"{"rating":5.5}"#, 422, "rating_off_scale", "#/rating"),
        Case("PUT", one, #"{"rating":-1e300}"#, 422, "rating_off_scale", "#/rating"),
        Case("PUT", one + "?refresh=perhaps", #"{"rating":4}"#, 400, "invalid_parameter"),
        Case("PUT", "/v1/users/ann/ratings/77", #"{"rating":4}"#, 404, "unknown_item"),
        Case("DELETE", "/v1/users/ann/ratings/77", nil, 404, "unknown_item"),
        Case("PUT", "/v1/users/ann/not-interested/77", nil, 404, "unknown_item"),
        Case("DELETE", "/v1/users/ann/not-interested/77", nil, 404, "unknown_item"),
        Case("PUT", "/v1/users/ann/not-interested/1?refresh=perhaps", nil, 400, "invalid_parameter"),
        Case("GET", "/v1/users/ann/not-interested?refresh=true", nil, 400, "invalid_parameter"),
        Case("POST", "/v1/users/ann/not-interested/1", nil, 405, "method_not_allowed"),
        Case("GET", "/v1/evaluation?x=1", nil, 400, "invalid_parameter"),
        Case("POST", many, #"{"ratings":[]}"#, 422, "invalid_value", "#/ratings"),
        Case("POST", many, #"{"ratings":{}}"#, 400, "wrong_type", "#/ratings"),
        Case("POST", many, #"{}"#, 400, "missing_field", "#/ratings"),
        Case("POST", many, #"{"ratings":[7]}"#, 400, "wrong_type", "#/ratings/0"),
        Case("POST", many, #"{"ratings":[{"item":"1","rating":4},{"item":"2"}]}"#, 400, "missing_field", "#/ratings/1/rating"),
        Case("POST", many, #"{"ratings":[{"rating":4}]}"#, 400, "missing_field", "#/ratings/0/item"),
        Case("POST", many, #"{"ratings":[{"item":1,"rating":4}]}"#, 400, "wrong_type", "#/ratings/0/item"),
        Case("POST", many, #"{"ratings":[{"item":"","rating":4}]}"#, 400, "invalid_item_id", "#/ratings/0/item"),
        Case("POST", many, #"{"ratings":[{"item":"77","rating":4}]}"#, 404, "unknown_item", "#/ratings/0/item"),
        Case("POST", many, #"{"ratings":[{"item":"1","rating":4.1}]}"#, 422, "rating_off_scale", "#/ratings/0/rating"),
        Case("POST", many, #"{"ratings":[{"item":"1","rating":4,"why":""}]}"#, 400, "unknown_field", "#/ratings/0/why"),
        Case("POST", many, batch(of: 501), 422, "invalid_value", "#/ratings"),
        Case("POST", user, #"{"count":0}"#, 422, "invalid_value", "#/count"),
        Case("POST", user, #"{"count":501}"#, 422, "invalid_value", "#/count"),
        Case("POST", user, #"{"count":1.5}"#, 400, "wrong_type", "#/count"),
        Case("POST", user, #"{"count":1e30}"#, 400, "wrong_type", "#/count"),
        Case("POST", user, #"{"neighbours":1001}"#, 422, "invalid_value", "#/neighbours"),
        Case("POST", user, #"{"algorithm":"magic"}"#, 422, "invalid_value", "#/algorithm"),
        Case("POST", user, #"{"similarity":"manhattan"}"#, 422, "invalid_value", "#/similarity"),
        Case("POST", user, #"{"genres":["Comedy","Western"]}"#, 422, "invalid_value", "#/genres/1"),
        Case("POST", user, #"{"priority":"urgent"}"#, 422, "invalid_value", "#/priority"),
        Case("POST", guest, #"{"ratings":[],"priority":1}"#, 400, "wrong_type", "#/priority"),
        Case("POST", user, #"{"genres":"Comedy"}"#, 400, "wrong_type", "#/genres"),
        Case("POST", user, #"{"genres":[1]}"#, 400, "wrong_type", "#/genres"),
        Case("POST", user, #"{"ratings":[]}"#, 400, "unknown_field", "#/ratings"),
        Case("POST", user, "null", 400, "wrong_type", "#"),
        Case("POST", guest, nil, 400, "malformed_json"),
        Case("POST", guest, "{}", 400, "missing_field", "#/ratings"),
        Case("POST", guest, #"{"ratings":[{"item":"1","rating":null}]}"#, 400, "wrong_type", "#/ratings/0/rating"),
        Case("POST", guest, #"{"ratings":[{"item":"77","rating":4}]}"#, 404, "unknown_item", "#/ratings/0/item"),
        Case("POST", guest, #"{"ratings":[{"item":"1","rating":9}]}"#, 422, "rating_off_scale", "#/ratings/0/rating"),
        Case("POST", guest, batch(of: 501), 422, "invalid_value", "#/ratings"),
        Case("GET", "/v1/jobs/short", nil, 404, "unknown_job"),
        Case("GET", "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch", nil, 404, "unknown_job"),
        Case("GET", "/v1/jobs/01JZ2QV7M9D4K8W3X6Y5T0B1CH", nil, 404, "unknown_job"),
        Case("GET", "/v1/jobs/%00", nil, 404, "unknown_job"),
        Case("DELETE", "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch", nil, 404, "unknown_job"),
        Case("GET", "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch/events", nil, 404, "unknown_job"),
        Case("GET", user, nil, 404, "no_recommendations_yet"),
        Case("GET", "/", nil, 404, "not_found"),
        Case("GET", "/v1", nil, 404, "not_found"),
        Case("GET", "/v1/users/ann", nil, 404, "not_found"),
        Case("GET", "/v1/users//ratings/x/y", nil, 404, "not_found"),
        Case("POST", "/v1/catalogue", "{}", 405, "method_not_allowed"),
        Case("PATCH", one, "{}", 405, "method_not_allowed"),
        Case("GET", guest, nil, 405, "method_not_allowed"),
        Case("FOO", "/livez", nil, 405, "method_not_allowed"),
    ]

    static func batch(of count: Int) -> String {
        "{\"ratings\":[\(Array(repeating: #"{"item":"1","rating":4}"#, count: count).joined(separator: ","))]}"
    }

    @Test(arguments: cases)
    func isRefused(_ refused: Case) async throws {
        let gateway = TestGateway()
        let method = try #require(HTTPRequest.Method(rawValue: refused.method))
        let answer = try await gateway.send(method, refused.path, refused.body)
        #expect(answer.status == refused.status)
        #expect(answer.code == refused.code)
        #expect(answer["status"] == .number(Double(refused.status)))
        #expect(answer["type"] == .string("/docs#\(refused.code)"))
        #expect(answer["title"]?.string?.isEmpty == false)
        #expect(answer["errors", "0", "pointer"]?.string == refused.pointer)
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    @Test func knowsNoOtherQueryParametersThanItSays() async throws {
        let kindred = TestAccounts(key: nil)
        let gateway = kindred.gateway
        let member = try await kindred.member("ann")
        let router = Router(context: GatewayRequestContext.self)
        gateway.server.addRoutes(to: router)
        let accepted = try await gateway.send(.post, Self.user)
        let job = try #require(accepted["id"]?.string)
        for route in router.routes {
            let path = route.path.description.replacing("{user}", with: "ann").replacing("{item}", with: "1")
                .replacing("{job}", with: job).replacing("{list}", with: job).replacing("{letter}", with: job)
            let body =
                path == Self.one ? #"{"rating":4}"# : path == Self.user ? "{}" : #"{"ratings":[{"item":"1","rating":4}]}"#
            let token: String? =
                switch RouteAccess.rule(of: route.method, route.path.description)?.roles {
                case [.user]: member.token
                case [.operator]: TestAccounts.operatorKey
                default: nil
                }
            let answer = try await gateway.send(
                route.method, "\(path)?what=ever", route.method == .get ? nil : body, token: token)
            #expect(answer.status == 400, "\(route.method) \(path)")
            #expect(answer.code == "invalid_parameter", "\(route.method) \(path)")
        }
        #expect(router.routes.count > 15)
        #expect(gateway.queue.waitingJobs.count == 1)
    }

    @Test func takesAsManyRatingsAsItSays() async throws {
        #expect(try await TestGateway().send(.post, Self.many, Self.batch(of: 500)).status == 202)
        #expect(try await TestGateway().send(.post, Self.guest, Self.batch(of: 500)).status == 202)
        #expect(try await TestGateway().send(.post, Self.guest, #"{"ratings":[]}"#).status == 202)
    }

    @Test func saysWhichMethodsThereAre() async throws {
        let answer = try await TestGateway().send(.patch, Self.one)
        #expect(answer.header("Allow") == "DELETE, PUT")
        #expect(try await TestGateway().send(.post, "/livez").header("Allow") == "GET, HEAD")
        #expect(try await TestGateway().send(.head, "/livez").status == 200)
        #expect(try await TestGateway().send(.head, "/livez").bytes.isEmpty)
    }

    @Test(arguments: ["text/plain", "", "application/jsonp", "application/x-www-form-urlencoded"])
    func wantsJSON(contentType: String) async throws {
        let answer = try await TestGateway().send(.put, Self.one, #"{"rating":4}"#, headers: ["Content-Type": contentType])
        #expect(answer.status == 415)
        #expect(answer.code == "unsupported_media_type")
    }

    @Test(arguments: ["application/json; charset=utf-8", "Application/JSON", "application/json ;x=y"])
    func takesJSONUnderAllItsNames(contentType: String) async throws {
        let answer = try await TestGateway().send(.put, Self.one, #"{"rating":4}"#, headers: ["Content-Type": contentType])
        #expect(answer.status == 202)
    }

    @Test func refusesLargeBodiesByTheHeaderAndByCounting() async throws {
        let gateway = TestGateway()
        let declared = try await gateway.send(.put, Self.one, #"{"rating":4}"#, headers: ["Content-Length": "65537"])
        #expect(declared.status == 413)
        #expect(declared.code == "body_too_large")
        let padding = String(repeating: " ", count: 65_536 - 12)
        #expect(try await gateway.send(.put, Self.one, #"{"rating":4}"# + padding).status == 202)
        #expect(try await gateway.send(.put, Self.one, #"{"rating":4}"# + padding + " ").code == "body_too_large")
    }

    @Test func countsBodiesThatComeInPieces() async throws {
        let gateway = TestGateway()
        let head = HTTPRequest(
            method: .put, scheme: "http", authority: "localhost", path: Self.one, headerFields: [.contentType: "application/json"]
        )
        let pieces = AsyncStream<ByteBuffer> { continuation in
            for _ in 0..<1000 { continuation.yield(ByteBuffer(repeating: 0x20, count: 1000)) }
            continuation.finish()
        }
        let answer = try await TestAnswer(gateway.respond(to: Request(head: head, body: RequestBody(asyncSequence: pieces))))
        #expect(answer.code == "body_too_large")
    }

    @Test func saysWhenABodyBreaksOff() async throws {
        let gateway = TestGateway()
        let head = HTTPRequest(
            method: .put, scheme: "http", authority: "localhost", path: Self.one, headerFields: [.contentType: "application/json"]
        )
        let pieces = AsyncThrowingStream<ByteBuffer, any Error> { $0.finish(throwing: UnexpectedTask()) }
        let answer = try await TestAnswer(gateway.respond(to: Request(head: head, body: RequestBody(asyncSequence: pieces))))
        #expect(answer.status == 400)
        #expect(answer.code == "unreadable_body")
    }
}
