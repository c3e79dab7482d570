import Hummingbird
import Metrics
import ServiceRuntime
import Synchronization
import Testing

@testable import Gateway

@Suite struct OperationsTests {
    @Test func tellsProbes() async throws {
        let gateway = TestGateway()
        #expect(try await gateway.send(.get, "/livez").text == #"{"status":"alive"}"#)
        #expect(try await gateway.send(.get, "/readyz").text == #"{"status":"ready"}"#)
    }

    @Test func isReadyOnceTheQueueWasReachedAndAliveBefore() async throws {
        let hasReachedQueue = Mutex(false)
        let gateway = TestGateway(change: { $0.hasReachedQueue = { hasReachedQueue.withLock { $0 } } })
        let before = try await gateway.send(.get, "/readyz")
        #expect(before.status == 503 && before.code == "queue_unavailable")
        #expect(try await gateway.send(.get, "/livez").status == 200)
        #expect(try await gateway.send(.get, "/v1/catalogue").status == 200)
        hasReachedQueue.withLock { $0 = true }
        #expect(try await gateway.send(.get, "/readyz").status == 200)
    }

    @Test func endsReadinessAndWaitsAtShutdown() async throws {
        let gateway = TestGateway()
        async let waited = gateway.send(.post, "/v1/users/ann/recommendations", headers: ["Prefer": "wait=30"])
        try await waitUntil("somebody waits") { await gateway.server.waiter.count == 1 }
        let start = ContinuousClock.now
        await Farewell(readiness: gateway.server.readiness, waiter: gateway.server.waiter).say()
        #expect(try await waited.status == 202)
        #expect(ContinuousClock.now - start < .seconds(15))
        let answer = try await gateway.send(.get, "/readyz")
        #expect(answer.status == 503)
        #expect(answer.code == "shutting_down")
        #expect(try await gateway.send(.get, "/livez").status == 200)
    }

    @Test func givesMetrics() async throws {
        let answer = try await TestGateway().send(.get, "/metrics")
        #expect(answer.text == "kindred_test 1\n")
        #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
    }

    @Test func countsRequestsByRouteAndNeverByPath() async throws {
        let metrics = PrometheusMetrics()
        try await withMetricsFactory(metrics) {
            let gateway = TestGateway()
            for user in ["ann", "bob"] { _ = try await gateway.send(.get, "/v1/users/\(user)/ratings") }
            _ = try await gateway.send(.get, "/secret/path")
            _ = try await gateway.send(HTTPRequest.Method(rawValue: "EVIL")!, "/livez")
        }
        let page = metrics.exposition()
        #expect(page.contains(#"kindred_http_requests_total{method="GET",route="/v1/users/{user}/ratings",status="200"} 2"#))
        #expect(page.contains(#"kindred_http_requests_total{method="GET",route="none",status="404"} 1"#))
        #expect(page.contains(#"kindred_http_requests_total{method="OTHER",route="none",status="405"} 1"#))
        #expect(page.contains(#"kindred_http_request_duration_seconds_count{route="/v1/users/{user}/ratings"} 2"#))
        for text in ["ann", "secret", "EVIL"] { #expect(!page.contains(text)) }
    }

    @Test(arguments: ["/livez", "/v1/catalogue", "/nothing", "/v1/users/me/ratings", "/docs", "/openapi.json", "/metrics"])
    func secureEveryAnswer(path: String) async throws {
        let answer = try await TestGateway().send(.get, path)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
        #expect(answer.header("Cache-Control") == (path == "/v1/catalogue" ? "private, max-age=60" : "no-store"))
        #expect(answer.header("Server") == nil)
    }

    @Test func runsNothingButItsOwnScriptInTheDocumentation() async throws {
        let gateway = TestGateway()
        let (first, second) = (try await gateway.send(.get, "/docs"), try await gateway.send(.get, "/docs"))
        let policy = try #require(first.header("Content-Security-Policy"))
        #expect(policy != second.header("Content-Security-Policy"))
        let nonce = try #require(first.text.firstMatch(of: /<script nonce="([0-9a-z]+)">/)?.output.1)
        #expect(policy.contains("script-src 'nonce-\(nonce)'"))
        #expect(first.header("Content-Type") == "text/html; charset=utf-8")
        for foreign in ["http://", "https://", "onclick", "innerHTML", "eval("] { #expect(!first.text.contains(foreign)) }
    }
}
