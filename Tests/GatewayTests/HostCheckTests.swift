import Hummingbird
import Testing

@testable import Gateway

/// Requests that a browser sends in the name of another site.
@Suite struct HostCheckTests {
    @Test(
        arguments: [
            ("localhost", true), ("localhost:8080", true), ("LocalHost", true), ("127.0.0.1", true), ("127.9.8.7:80", true),
            ("[::1]", true), ("[::1]:8080", true), ("evil.example", false), ("localhost.evil.example", false), ("", false),
            ("127.0.0.1.nip.io", false), ("127.0.0.1:80:80", false), ("10.0.0.1", false), ("0.0.0.0", false), ("[::]", false),
            ("[::1]x", false), ("::1", false), ("evil.example:localhost", false), ("128.0.0.1", false),
        ] as [(String, Bool)])
    func answersToNamesOfThisMachineOnly(host: String, isAnswered: Bool) async throws {
        #expect(HostCheck.isLoopback(host) == isAnswered)
        for path in ["/v1/catalogue", "/docs", "/nothing"] {
            let answer = try await send(path, to: host, key: nil)
            #expect((answer.status == 421) == !isAnswered)
            if !isAnswered { #expect(answer.code == "misdirected_request") }
        }
        #expect(try await send("/v1/catalogue", to: host, key: "key").status == 200)
    }

    @Test func wantsToBeNamed() async throws {
        #expect(try await send("/v1/catalogue", to: nil, key: nil).status == 421)
    }

    private func send(_ path: String, to host: String?, key: String?) async throws -> TestAnswer {
        var configuration = GatewayConfiguration()
        configuration.apiKey = key
        var head = HTTPRequest(method: .get, scheme: "http", authority: host, path: path)
        if let key { head.headerFields[.authorization] = "Bearer \(key)" }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        return try await TestAnswer(TestGateway(configuration: configuration).respond(to: request))
    }
}
