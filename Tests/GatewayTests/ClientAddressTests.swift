import Hummingbird
import Storage
import Testing

@testable import Gateway

@Suite struct ClientAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
        ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/9", "10.200.3.4", false), ("10.128.0.0/9", "10.200.3.4", true),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false), ("::/0", "2001:db8::1", true),
        ("::1", "::1", true), ("::1", "::2", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::1", false), ("192.0.2.1", "::ffff:192.0.2.1", true),
        ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("fe80::1", "fe80::1%eth0", true),
    ])
    func isInABlock(block: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressBlock(block)).contains(try #require(IPAddress(address))) == isIn)
    }

    @Test(arguments: [
        "", "a", "1.2.3", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "::1/129", "/8", "1.2.3.4/8/8", "01.2.3.4", "localhost",
    ])
    func whatIsNoBlock(text: String) {
        #expect(AddressBlock(text) == nil)
    }

    @Test(
        arguments: [
            // Nobody is trusted: only the peer counts.
            ("", "192.0.2.1", [], "192.0.2.1"), ("", "192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
            ("10.0.0.0/8", "192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
            // A proxy tells of the client, and of nobody whom the client made up.
            ("10.0.0.0/8", "10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.0/8", "10.0.0.1", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.0/8", "10.0.0.1", ["203.0.113.9", "198.51.100.1 , 10.0.0.2"], "198.51.100.1"),
            ("127.0.0.1,::1", "::1", ["2001:db8::1"], "2001:db8::1"),
            // Of nothing but proxies, the first; of nonsense, who passed it on.
            ("10.0.0.0/8", "10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"), ("10.0.0.0/8", "10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.0/8", "10.0.0.1", ["198.51.100.1, unknown"], "10.0.0.1"),
            ("10.0.0.0/8", "10.0.0.1", ["198.51.100.1:80, 10.0.0.2"], "10.0.0.2"), ("10.0.0.0/8", "", ["198.51.100.1"], ""),
        ] as [(String, String, [String], String)])
    func isTheLastOneThatNoTrustedProxyHas(trusted: String, peer: String, forwarded: [String], client: String) {
        let proxies = TrustedProxies(blocks: trusted.split(separator: ",").compactMap { AddressBlock($0) })
        #expect(proxies.client(forwarded: forwarded, peer: peer) == client)
    }

    /// On an address that only its own machine can reach, what a proxy or the web app passes on is not the machine's own.
    @Test(arguments: [(true, 401), (false, 202)]) func whoComesThroughAProxyIsNotTheService(hasAccounts: Bool, status: Int)
        async throws
    {
        let kindred = TestAccounts(isOn: hasAccounts, key: nil)
        func rated(_ headers: [String: String]) async throws -> Int {
            try await kindred.gateway.send(.put, "/v1/users/ann/ratings/1", #"{"rating":4}"#, headers: headers).status
        }
        #expect(try await rated([:]) == 202)
        #expect(try await rated(["X-Forwarded-For": "192.0.2.1"]) == status)
    }

    /// From the connection to the limit.
    @Test func guestsAreCountedByAddress() async throws {
        let kindred = TestAccounts(configure: {
            $0.guestRateLimit = .init(requestsPerMinute: 1, burst: 1)
            $0.trustedProxies = [AddressBlock("127.0.0.1")].compactMap { $0 }
        })
        func status(peer: String, forwarded: String = "") async throws -> Int {
            try await kindred.gateway.send(
                .post, "/v1/recommendations", #"{"ratings":[]}"#, headers: ["X-Forwarded-For": forwarded], peer: peer
            ).status
        }
        #expect(try await status(peer: "127.0.0.1", forwarded: "192.0.2.1") == 202)
        #expect(try await status(peer: "127.0.0.1", forwarded: "192.0.2.1") == 429)
        #expect(try await status(peer: "127.0.0.1", forwarded: "203.0.113.9, 192.0.2.1") == 429)
        #expect(try await status(peer: "192.0.2.1", forwarded: "192.0.2.7") == 429)
        #expect(try await status(peer: "127.0.0.1", forwarded: "192.0.2.2") == 202)
        #expect(try await status(peer: "2001:db8::1") == 202)
        #expect(try await status(peer: "2001:db8::2") == 429)  // one subscriber has the whole /64
        let member = try await kindred.member("ann")
        let answer = try await kindred.gateway.send(
            .post, "/v1/recommendations", #"{"ratings":[]}"#, token: member.token, peer: "192.0.2.1")
        #expect(answer.status == 202)  // who is known by name is not counted by address
    }
}
