import Configuration
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

@Suite struct AccountSettingsTests {
    @Test func areOffUnlessAskedFor() throws {
        let configuration = try configuration([:])
        #expect(!configuration.hasAccounts)
        #expect(configuration.operatorKey == nil)
        #expect(configuration.trustedProxies.isEmpty)
        #expect(configuration.guestRateLimit == RateLimit(requestsPerMinute: 60, burst: 20))
        #expect(configuration.signUpRateLimit == RateLimit(requestsPerHour: 60, burst: 30))
        #expect(configuration.waits == WaitingRoom.Limits(perClient: 32, total: 1000))
    }

    @Test func areRead() throws {
        let configuration = try configuration([
            "gateway.accounts": "true", "gateway.operatorKey": "a secret", "gateway.trustedProxies": "127.0.0.1, 10.0.0.0/8,::1",
            "gateway.guestRateLimit": 30, "gateway.guestRateBurst": 3, "gateway.signUpRateLimit": 10,
            "gateway.signUpRateBurst": 2,
            "gateway.waitsPerClient": 5, "gateway.waits": 7,
        ])
        #expect(configuration.hasAccounts)
        #expect(configuration.operatorKey == "a secret")
        #expect(configuration.trustedProxies == ["127.0.0.1", "10.0.0.0/8", "::1"].compactMap { AddressBlock($0) })
        #expect(configuration.guestRateLimit == RateLimit(requestsPerMinute: 30, burst: 3))
        #expect(try self.configuration(["gateway.guestRateLimit": 0]).guestRateLimit == nil)
        #expect(configuration.signUpRateLimit == RateLimit(requestsPerHour: 10, burst: 2))
        #expect(try self.configuration(["gateway.signUpRateLimit": 0]).signUpRateLimit == nil)
        #expect(configuration.waits == WaitingRoom.Limits(perClient: 5, total: 7))
    }

    @Test(
        arguments: [
            (["gateway.trustedProxies": "10.0.0.0/8,proxy.example"], "GATEWAY_TRUSTED_PROXIES"),
            (["gateway.apiKey": "same", "gateway.operatorKey": "same"], "GATEWAY_OPERATOR_KEY"),
            (["gateway.apiKey": "old\nsame", "gateway.operatorKey": "new\nsame"], "GATEWAY_OPERATOR_KEY"),
            (["gateway.apiKey": " \n"], "GATEWAY_API_KEY"), (["gateway.accounts": "perhaps"], "GATEWAY_ACCOUNTS"),
            // Accounts are no reason to do without the key that guards everybody else's.
            (["gateway.accounts": "true", "gateway.host": "0.0.0.0"], "GATEWAY_API_KEY"),
        ] as [([String: String], String)])
    func whatIsImpossibleIsAnError(values: [String: String], variable: String) {
        var settings: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in values {
            let name = AbsoluteConfigKey(key.split(separator: ".").map(String.init))
            settings[name] = ConfigValue(.string(value), isSecret: key.hasSuffix("Key"))
        }
        let error = #expect(throws: ConfigurationError.self) { try configuration(settings) }
        #expect(error?.variable == variable)
        #expect(error?.description.contains("same as") == (variable == "GATEWAY_OPERATOR_KEY"))
    }

    private func configuration(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> GatewayConfiguration {
        try GatewayConfiguration(reading: ConfigReader(provider: InMemoryProvider(values: values)))
    }
}
