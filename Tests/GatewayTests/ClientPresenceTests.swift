import Hummingbird
import Logging
import NIOCore
import ServiceRuntime
import Testing

@testable import Gateway

/// Clients that go before they have their answer, over the network.
@Suite(.timeLimit(.minutes(1))) struct ClientPresenceTests {
    static let recommend = """
        POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\
        Prefer: wait=30\r\n\r\n{"ratings":[]}
        """

    let gateway = TestGateway(
        configuration: {
            var configuration = GatewayConfiguration()
            configuration.port = 0
            return configuration
        }())

    @Test(arguments: RawClient.Farewell.allCases) func nobodyWaitsForWhoHasGone(_ farewell: RawClient.Farewell) async throws {
        try await withServer { port in
            let client = try RawClient(port: port)
            client.send(Self.recommend)
            try await waitUntil("it waits") { await gateway.server.waiter.count == 1 }
            client.leave(farewell)
            try await waitUntil("it is let go") { await gateway.server.waiter.count == 0 }
            if farewell == .shutdown { #expect(try await rest(of: client).hasPrefix("HTTP/1.1 202 ")) }
        }
    }

    @Test(arguments: RawClient.Farewell.allCases) func aStreamEndsWithItsReader(_ farewell: RawClient.Farewell) async throws {
        let path = try #require(try await gateway.send(.post, "/v1/recommendations", #"{"ratings":[]}"#).header("Location"))
        try await withServer { port in
            let client = try RawClient(port: port)
            client.send("GET \(path)/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try await waitUntil("it waits") { await gateway.server.waiter.count == 1 }
            client.leave(farewell)
            try await waitUntil("it is let go") { await gateway.server.waiter.count == 0 }
            if farewell == .shutdown { #expect(try await rest(of: client).contains("event: queued")) }
        }
    }

    /// What watches the connection leaves it as it is.
    @Test func aConnectionServesWhoStays() async throws {
        try await withServer { port in
            let client = try RawClient(port: port)
            try await gateway.withWorker {
                for number in 1...3 {
                    client.send(Self.recommend)
                    try await waitUntil("it is answered") {
                        client.look()
                        return client.text.ranges(of: "HTTP/1.1 200 ").count == number
                    }
                }
            }
            client.leave(.close)
        }
    }

    private func rest(of client: RawClient) async throws -> String {
        try await waitUntil("the server ends it") {
            client.look()
            return client.isEnded
        }
        return client.text
    }

    private func withServer(_ body: (Int) async throws -> Void) async throws {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = GatewayApp.application(
            gateway.server, onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            var iterator = ports.makeAsyncIterator()
            try await body(try #require(await iterator.next()))
        }
    }
}
