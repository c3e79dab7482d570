import Configuration
import Hummingbird
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

@Suite struct RateLimitTests {
    static let rate = "/v1/users/ann/ratings/1"
    static let body = #"{"rating":4}"#

    let clock = ManualClock()

    @Test func isOffUnlessItIsAskedFor() async throws {
        let broken = OutageTests.BrokenStorage(error: StorageError(.rejected, "never asked"))
        let gateway = TestGateway(change: { $0.rateLimits = broken })
        for _ in 0..<100 {
            let answer = try await gateway.send(.put, Self.rate, Self.body)
            #expect(answer.status == 202)
            #expect(answer.header("RateLimit") == nil && answer.header("RateLimit-Policy") == nil)
        }
    }

    @Test func saysWhatIsLeftAndWhenToComeAgain() async throws {
        let gateway = gateway(key: RateLimit(requestsPerMinute: 60, burst: 2), delay: 4)
        let first = try await gateway.send(.put, Self.rate, Self.body)
        #expect(first.status == 202)
        #expect(first.header("RateLimit-Policy") == #""key";q=60;w=60"#)
        #expect(first.header("RateLimit") == #""key";r=1;t=1"#)
        #expect(try await gateway.send(.put, Self.rate, "{").header("RateLimit") == #""key";r=0;t=2"#)
        let refused = try await gateway.send(.put, Self.rate, Self.body)
        #expect(refused.status == 429)
        #expect(refused.code == "rate_limited")
        #expect(refused.header("RateLimit") == #""key";r=0;t=2"#)
        #expect(refused.header("Retry-After") == "4")  // the second that it takes, and three of the four that were drawn
        clock.advance(by: .seconds(1))
        #expect(try await gateway.send(.put, Self.rate, Self.body).status == 202)
        #expect(try await gateway.send(.put, Self.rate, Self.body).status == 429)
        #expect(gateway.queue.waitingJobs.count == 2)
    }

    @Test func readingIsFree() async throws {
        let gateway = gateway(key: RateLimit(requestsPerMinute: 1, burst: 1), user: RateLimit(requestsPerMinute: 1, burst: 1))
        let accepted = try await gateway.send(.post, "/v1/users/ann/recommendations")
        for path in ["/v1/catalogue", "/v1/users/ann/ratings", try #require(accepted.header("Location")), "/metrics"] {
            for _ in 0..<3 {
                let answer = try await gateway.send(.get, path)
                #expect(answer.status == 200)
                #expect(answer.header("RateLimit") == nil)
            }
        }
        #expect(try await gateway.send(.delete, try #require(accepted.header("Location"))).status == 429)
    }

    /// Anybody can sign up.
    @Test func whoIsLoggedInHasALimitInAnyCase() async throws {
        let kindred = TestAccounts()
        let member = try await kindred.member("ann")
        for number in 0...GatewayConfiguration.memberRateLimit.burst {
            let answer = try await kindred.gateway.send(.put, "/v1/users/me/ratings/1", Self.body, token: member.token)
            #expect(answer.status == (number < GatewayConfiguration.memberRateLimit.burst ? 202 : 429))
        }
        #expect(try await kindred.gateway.send(.put, Self.rate, Self.body, token: TestAccounts.serviceKey).status == 202)
    }

    @Test func oneUsersFloodDoesNotStarveOthers() async throws {
        let gateway = gateway(key: RateLimit(requestsPerMinute: 60, burst: 20), user: RateLimit(requestsPerMinute: 6, burst: 5))
        var statuses: [Int] = []
        for _ in 0..<100 { statuses.append(try await gateway.send(.put, Self.rate, Self.body).status) }
        #expect(statuses.count { $0 == 202 } == 5)
        for user in ["bob", "cem", "dee"] {
            let answer = try await gateway.send(.put, "/v1/users/\(user)/ratings/1", Self.body)
            #expect(answer.status == 202)
            #expect(answer.header("RateLimit-Policy") == #""key";q=60;w=60, "user";q=6;w=60"#)
        }
        #expect(
            try await gateway.send(.post, "/v1/recommendations", #"{"ratings":[]}"#).header("RateLimit") == #""key";r=11;t=9"#)
        // The same user under another spelling of the same name.
        #expect(try await gateway.send(.put, "/v1/users/%61nn/ratings/1", Self.body).status == 429)
    }

    @Test func whoHasNoKeyUsesUpNothing() async throws {
        var configuration = GatewayConfiguration()
        configuration.apiKey = "key"
        configuration.rateLimit = RateLimit(requestsPerMinute: 1, burst: 1)
        let gateway = TestGateway(configuration: configuration)
        for _ in 0..<3 { #expect(try await gateway.send(.put, Self.rate, Self.body).status == 401) }
        let headers = ["Authorization": "Bearer key"]
        #expect(try await gateway.send(.put, Self.rate, Self.body, headers: headers).status == 202)
        #expect(try await gateway.send(.put, Self.rate, Self.body, headers: headers).status == 429)
    }

    @Test func countsForItselfWhileRedisIsAway() async throws {
        let broken = OutageTests.BrokenStorage(error: StorageError(.connectionFailed, "away"))
        let gateway = gateway(user: RateLimit(requestsPerMinute: 1, burst: 3)) { $0.rateLimits = broken }
        var statuses: [Int] = []
        for _ in 0..<5 { statuses.append(try await gateway.send(.put, Self.rate, Self.body).status) }
        #expect(statuses == [202, 202, 202, 429, 429])
    }

    @Test func readsItsSettings() throws {
        func configuration(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> GatewayConfiguration {
            try GatewayConfiguration(reading: ConfigReader(provider: InMemoryProvider(values: values)))
        }
        let none = try configuration([:])
        #expect(none.rateLimit == nil && none.userRateLimit == nil)
        let both = try configuration(["gateway.rateLimit": 6000, "gateway.userRateLimit": 60, "gateway.userRateBurst": 3])
        #expect(both.rateLimit == RateLimit(requestsPerMinute: 6000, burst: 1000))
        #expect(both.userRateLimit == RateLimit(requestsPerMinute: 60, burst: 3))
        #expect(throws: ConfigurationError.self) { try configuration(["gateway.rateLimit": -1]) }
    }

    private func gateway(
        key: RateLimit? = nil, user: RateLimit? = nil, delay: Int = 1, change: (inout Dependencies) -> Void = { _ in }
    ) -> TestGateway {
        var configuration = GatewayConfiguration()
        configuration.rateLimit = key
        configuration.userRateLimit = user
        return TestGateway(configuration: configuration, now: { clock.now }) { dependencies in
            dependencies.retryDelay = { delay }
            change(&dependencies)
        }
    }
}
