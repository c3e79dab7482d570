import Hummingbird
import Jobs
import Messaging
import Passwords
import Recommenders
import ServiceRuntime
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Gateway

@Suite struct SignUpTests {
    static let ratings = #"[{"item":"1","rating":4.5},{"item":"2","rating":3}]"#
    static let key = ["Idempotency-Key": "8e03978e"]

    let kindred = TestAccounts()
    var gateway: TestGateway { kindred.gateway }

    @Test func makesAnAccountAndASession() async throws {
        let answer = try await kindred.signUp("Ann.B-1_2")
        #expect(answer.status == 201)
        #expect(answer["account", "name"] == .string("Ann.B-1_2"))
        #expect(answer["account", "createdAt"] == .string(kindred.clock.now.iso8601))
        #expect(answer["account", "user"]?.string?.hasPrefix("account-") == true)
        #expect(answer["job"] == .null)
        #expect(!answer.text.contains(TestAccounts.password) && !answer.text.contains("plain"))
        let token = try #require(answer["session", "token"]?.string)
        #expect(try await gateway.send(.get, "/v1/accounts/me", token: token)["account"] == answer["account"])
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    @Test func aGuestsRatingsComeAlong() async throws {
        let answer = try await kindred.signUp("ann", ratings: Self.ratings)
        let token = try #require(answer["session", "token"]?.string)
        let job = try #require(gateway.queue.waitingJobs.first)
        #expect(answer["job", "id"] == .string(job.id.rawValue))
        #expect(job.user?.rawValue == answer["account", "user"]?.string)
        try await gateway.withWorker {
            let ended = try await gateway.send(
                .get, "/v1/jobs/\(job.id)", headers: ["Prefer": "wait=20"], token: token)
            #expect(ended["status"] == .string("succeeded"))
            let ratings = try await gateway.send(.get, "/v1/users/me/ratings", token: token)
            #expect(ratings["total"] == .number(2))
            #expect(try await gateway.send(.get, "/v1/users/me/recommendations", token: token).status == 200)
        }
    }

    @Test(arguments: [
        (#"{"name":"an","password":"correct horse battery"}"#, "invalid_name"),
        (#"{"name":"ann ann","password":"correct horse battery"}"#, "invalid_name"),
        (#"{"name":"änn","password":"correct horse battery"}"#, "invalid_name"),
        (#"{"name":"ann","password":"seven77"}"#, "weak_password"), (#"{"name":"ann","password":"12345678"}"#, "weak_password"),
        (#"{"name":"annemarie","password":"AnneMarie"}"#, "weak_password"), (#"{"name":"ann"}"#, "missing_field"),
        (#"{"name":"ann","password":"correct horse battery","role":"operator"}"#, "unknown_field"),
        (#"{"name":"ann","password":12345678901}"#, "wrong_type"),
        (#"{"name":"ann","password":"correct horse battery","ratings":[{"item":"1","rating":9}]}"#, "rating_off_scale"),
        (#"{"name":"ann","password":"correct horse battery","ratings":[{"item":"nine","rating":4}]}"#, "unknown_item"),
        (#"{"name":"ann","password":"correct horse battery","ratings":[{"item":"1","rating":null}]}"#, "wrong_type"),
    ])
    func refuses(body: String, code: String) async throws {
        #expect(try await gateway.send(.post, "/v1/accounts", body).code == code)
        #expect(try await kindred.logIn("ann").code == "wrong_credentials")
    }

    @Test func aNameIsTakenInWhateverCase() async throws {
        #expect(try await kindred.signUp("ann").status == 201)
        kindred.clock.advance(by: .milliseconds(1))
        #expect(try await kindred.signUp("ANN", password: "another long one").code == "name_taken")
        #expect(try await kindred.signUp("ann", headers: Self.key).code == "name_taken")
        #expect(try await kindred.signUp("ann", headers: Self.key).code == "name_taken")  // the key makes it nobody else's
        #expect(try await kindred.logIn("ann").status == 201)
    }

    @Test func mayBeSentAgain() async throws {
        let first = try await kindred.signUp("ann", ratings: Self.ratings, headers: Self.key)
        kindred.clock.advance(by: .seconds(60))
        let second = try await kindred.signUp("ann", ratings: Self.ratings, headers: Self.key)
        #expect(second.status == 201)
        #expect(second["account"] == first["account"])
        #expect(second["job"] == first["job"])
        #expect(gateway.queue.waitingJobs.count == 1)
        for answer in [first, second] {
            let token = try #require(answer["session", "token"]?.string)
            #expect(try await gateway.send(.get, "/v1/accounts/me", token: token).status == 200)
        }
        // Another password is somebody else, and other ratings are another request.
        #expect(
            try await kindred.signUp("ann", password: "another long one", ratings: Self.ratings, headers: Self.key).code
                == "wrong_credentials")
        #expect(try await kindred.signUp("ann", headers: Self.key).code == "idempotency_key_reused")
        #expect(try await kindred.signUp("bob", headers: Self.key).status == 201)  // a name is part of the key
    }

    /// Nothing of the password is kept but its slow hash: not in the claim either.
    @Test func aRepetitionTellsNoPasswords() async throws {
        _ = try await kindred.signUp("ann", ratings: Self.ratings, headers: Self.key)
        var statuses: [Int] = []
        for guess in 0..<20 {
            statuses.append(
                try await kindred.signUp("ann", password: "guess number \(guess)", ratings: Self.ratings, headers: Self.key)
                    .status)
        }
        #expect(statuses.count { $0 == 401 } <= 6)
        #expect(statuses.suffix(10).allSatisfy { $0 == 429 })
    }

    /// Wherever the gateway dies, the same request makes one account with the ratings, and one job.
    @Test(arguments: Death.allCases) func survivesAGatewaysDeath(_ death: Death) async throws {
        let servers = SharedServers(now: { [clock = kindred.clock] in clock.now })
        let accounts = AccountKeeping(
            accounts: kindred.accounts, sessions: kindred.accounts, attempts: kindred.accounts, removal: servers.storage,
            hashing: CountedHashing())
        let body = #"{"name":"ann","password":"correct horse battery","ratings":\#(Self.ratings)}"#
        let dying = servers.gateway(accounts: accounts, dying: { death })
        let first = try await dying.send(.post, "/v1/accounts", body, headers: Self.key)
        let second = try await servers.gateway(accounts: accounts).send(.post, "/v1/accounts", body, headers: Self.key)
        #expect(second.status == 201, "\(second.text)")
        if first.status == 201 { #expect(first["account"] == second["account"]) }
        let user = try #require(second["account", "user"]?.string)
        let jobs = servers.queue.waitingJobs
        #expect(Set(jobs.map(\.id)).count == 1)
        #expect(jobs.allSatisfy { $0.user?.rawValue == user })
        #expect(second["job", "id"] == jobs.first.map { .string($0.id.rawValue) })
    }

    /// A client that waits no longer sends its request again while the first one still makes the hash.
    @Test func aRepetitionMayOvertakeTheFirst() async throws {
        let hashing = OvertakenHashing()
        let kindred = TestAccounts(hashing: hashing)
        #expect(try await kindred.signUp("ann", headers: Self.key).status == 503)
        let createdAt = kindred.clock.now
        let first = Account(
            name: try AccountName("ann"), passwordHash: try await PlainPasswordHashing().hash(Password(TestAccounts.password)),
            createdAt: createdAt)
        hashing.meanwhile.withLock { $0 = { _ = try? await kindred.accounts.create(first) } }
        let second = try await kindred.signUp("ann", headers: Self.key)
        #expect(second.status == 201)
        #expect(second["account", "user"]?.string == first.user.rawValue)
    }

    @Test func anAddressMakesNoMoreThanItsShareOfAccounts() async throws {
        let kindred = TestAccounts {
            $0.signUpRateLimit = RateLimit(requestsPerHour: 6, burst: 2)
            $0.guestRateLimit = nil
        } change: {
            $0.retryDelay = { 1 }
        }
        func signUp(_ name: String, from peer: String, token: String? = nil) async throws -> TestAnswer {
            try await kindred.gateway.send(
                .post, "/v1/accounts", #"{"name":"\#(name)","password":"\#(TestAccounts.password)"}"#, token: token, peer: peer)
        }
        let first = try await signUp("ann", from: "192.0.2.1")
        #expect(first.status == 201)
        #expect(first.header("RateLimit-Policy") == #""sign-up";q=6;w=3600"#)
        #expect(first.header("RateLimit") == #""sign-up";r=1;t=600"#)
        #expect(try await signUp("bob", from: "192.0.2.1").status == 201)
        // Also for who has an account by now; only the service is trusted to know for whom it asks.
        let token = try #require(first["session", "token"]?.string)
        for token in [nil, token] {
            let refused = try await signUp("cem", from: "192.0.2.1", token: token)
            #expect(refused.status == 429 && refused.code == "rate_limited")
            #expect(refused.header("Retry-After") == "600")
        }
        #expect(try await kindred.logIn("cem", peer: "192.0.2.1").code == "wrong_credentials")
        #expect(try await kindred.logIn("ann", peer: "192.0.2.1").status == 201)  // log-ins are others
        #expect(try await signUp("cem", from: "192.0.2.2").status == 201)
        #expect(try await signUp("dee", from: "192.0.2.1", token: TestAccounts.serviceKey).status == 201)
        kindred.clock.advance(by: .seconds(600))
        #expect(try await signUp("eve", from: "192.0.2.1").status == 201)
    }

    /// Without a key nobody could tell a repetition from a stranger, so that nothing is left behind.
    @Test func leavesNoAccountWithoutItsRatings() async throws {
        gateway.queue.fail(with: MessagingError(.blocked, "full"))
        #expect(try await kindred.signUp("ann", ratings: Self.ratings).code == "queue_blocked")
        #expect(try await kindred.logIn("ann").code == "wrong_credentials")
        #expect(try await kindred.signUp("ann").status == 201)  // who has no ratings needs no broker
    }
}

/// Is busy the first time, and lets something else happen the next time.
private final class OvertakenHashing: PasswordHashing {
    let meanwhile = Mutex<(@Sendable () async -> Void)?>(nil)
    private let plain = PlainPasswordHashing()

    func hash(_ password: Password) async throws(PasswordError) -> String {
        guard let meanwhile = meanwhile.withLock({ $0 }) else { throw PasswordError.busy(retryAfter: .seconds(1)) }
        await meanwhile()
        return try await plain.hash(password)
    }

    func verify(_ password: Password, against hash: String) async throws(PasswordError) -> Bool {
        try await plain.verify(password, against: hash)
    }

    func needsRehash(_ hash: String) -> Bool { plain.needsRehash(hash) }

    var decoy: String { plain.decoy }
}
