import Foundation
import Testing

/// Accounts on real servers, with real hashes.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct AccountStoryTests {
    static let settings = [
        "GATEWAY_ACCOUNTS": "true", "GATEWAY_API_KEY": "the service's key", "GATEWAY_OPERATOR_KEY": "the operator's key",
        "GATEWAY_TRUSTED_PROXIES": "127.0.0.1,::1",
    ]
    static let password = "correct horse battery"

    let servers: TestServers

    init() throws { servers = try #require(TestServers.running) }

    /// From guest to user and back to nobody, through two gateways that know nothing of each other.
    @Test func aGuestSignsUpAndLeaves() async throws {
        let kindred = try await deployment(workerCount: 1)
        let (second, other) = try await kindred.startGateway(Self.settings)
        let client = kindred.client
        let guest = try await client.post(
            "/v1/recommendations", ["ratings": [["item": "1", "rating": 5] as [String: Any]]], headers: ["Prefer": "wait=20"])
        #expect(guest.status == 200, "\(guest.text)")

        let body: [String: Any] = [
            "name": "Ann", "password": Self.password, "ratings": [["item": "1", "rating": 5] as [String: Any]],
        ]
        let signUp = try await client.post("/v1/accounts", body, headers: ["Idempotency-Key": "sign-up-1"])
        #expect(signUp.status == 201, "\(signUp.text)")
        let repeated = try await other.post("/v1/accounts", body, headers: ["Idempotency-Key": "sign-up-1"])
        #expect(repeated.status == 201 && repeated["account.user"] as? String == signUp["account.user"] as? String)
        #expect(repeated["job.id"] as? String == signUp["job.id"] as? String)

        let headers = Self.bearer(try #require(signUp["session.token"] as? String))
        let job = try #require(signUp["job.id"] as? String)
        let ended = try await other.get("/v1/jobs/\(job)", headers: headers.merging(["Prefer": "wait=20"]) { $1 })
        #expect(ended["status"] as? String == "succeeded", "\(ended.text)")
        #expect(try await other.get("/v1/users/me/ratings", headers: headers)["total"] as? Int == 1)
        #expect(try await other.get("/v1/jobs/\(job)").status == 404)

        let login = try await other.post("/v1/sessions", ["name": "ann", "password": Self.password])
        #expect(login.status == 201)
        let user = try #require(login["account.user"] as? String)
        let gone = try await client.delete("/v1/accounts/me", body: ["password": Self.password], headers: headers)
        #expect(gone.status == 204, "\(gone.text)")
        #expect(try await other.get("/v1/sessions/current", headers: headers).status == 401)
        #expect(try await other.post("/v1/sessions", ["name": "ann", "password": Self.password]).status == 401)
        let rest = try await client.get("/v1/users/\(user)/ratings", headers: Self.bearer("the service's key"))
        #expect(rest["total"] as? Int == 0)
        // Whoever comes back is somebody else, also with the same request.
        let back = try await other.post("/v1/accounts", body, headers: ["Idempotency-Key": "sign-up-1"])
        #expect(back.status == 201 && back["account.user"] as? String != user, "\(back.text)")
        #expect(back["job.id"] as? String != job)
        second.send(SIGTERM)
        #expect(await second.waitUntilEnded(within: .seconds(10)) != nil)
        await kindred.drain()
    }

    /// 1,000 wrong passwords for one account from 100 addresses, through two gateways, while others go on.
    @Test func aThousandWrongPasswords() async throws {
        let kindred = try await deployment(workerCount: 0)
        let (second, other) = try await kindred.startGateway(Self.settings)
        let clients = [kindred.client, other]
        for name in ["victim", "bystander"] {
            let body = ["name": name, "password": Self.password]
            #expect(try await clients[0].post("/v1/accounts", body, headers: Self.from("198.51.100.1")).status == 201)
        }
        let began = ContinuousClock.now
        let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
            for attacker in 0..<10 {
                group.addTask { try await Self.guess(100, by: attacker, at: clients) }
            }
            // Meanwhile others log in.
            for _ in 0..<5 {
                let body = ["name": "bystander", "password": Self.password]
                #expect(try await clients[1].post("/v1/sessions", body, headers: Self.from("198.51.100.2")).status == 201)
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let seconds = (ContinuousClock.now - began).components.seconds

        #expect(statuses.count == 1000 && Set(statuses) == [401, 429])
        // Five at once, and more after 1, 2, 4, 8 … seconds.
        let checked = statuses.count { $0 == 401 }
        #expect(checked <= 6 + Int(Double(seconds + 1).exponent), "\(checked) in \(seconds) s")
        #expect(
            try await clients[0].post(
                "/v1/sessions", ["name": "victim", "password": Self.password], headers: Self.from("198.51.100.1")
            ).status == 429)

        // Each gateway says it in few lines.
        for gateway in [kindred.gateway, second] {
            let lines = gateway.log.split(separator: "\n").filter { $0.contains("Too many passwords were tried") }
            #expect(1...3 ~= lines.count, "\(gateway.log)")
            for line in lines { #expect(!line.contains("victim") && !line.contains("192.0.2") && !line.contains("guess")) }
        }
        let metrics = try await clients[0].get("/metrics").text
        #expect(metrics.contains(#"kindred_logins_total{outcome="slowed"}"#))
        second.send(SIGTERM)
        #expect(await second.waitUntilEnded(within: .seconds(10)) != nil)
        await kindred.drain()
    }

    private func deployment(workerCount: Int) async throws -> Deployment {
        try await Deployment(
            data: try await sampleFolder(), workerCount: workerCount, servers: servers, gatewayEnvironment: Self.settings)
    }

    /// - Returns: the status of each answer.
    private static func guess(_ count: Int, by attacker: Int, at clients: [HTTPClient]) async throws -> [Int] {
        var statuses: [Int] = []
        for guess in 0..<count {
            let body = ["name": "victim", "password": "guess \(attacker) \(guess)"]
            let answer = try await clients[guess % clients.count].post("/v1/sessions", body, headers: from("192.0.2.\(guess)"))
            statuses.append(answer.status)
            if answer.status == 429 { #expect(answer.headers["retry-after"].flatMap(Int.init) ?? 0 >= 1) }
        }
        return statuses
    }

    private static func bearer(_ token: String) -> [String: String] { ["Authorization": "Bearer \(token)"] }
    private static func from(_ address: String) -> [String: String] { ["X-Forwarded-For": address] }
}
