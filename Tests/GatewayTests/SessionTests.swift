import Hummingbird
import Jobs
import Messaging
import Passwords
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

@Suite struct SessionTests {
    static let current = "/v1/sessions/current"

    let kindred = TestAccounts()
    var gateway: TestGateway { kindred.gateway }

    @Test func whoLogsInIsWhoActs() async throws {
        let ann = try await kindred.member("Ann")
        let answer = try await kindred.logIn("aNN")
        #expect(answer.status == 201)
        #expect(answer["account", "name"] == .string("Ann"))
        #expect(answer["account", "user"] == .string(ann.user.rawValue))
        #expect(answer["account", "role"] == .string("user"))
        #expect(answer["account", "genres"] == .array([]))
        #expect(answer["session", "idleExpiresAt"] == .string((kindred.clock.now + .seconds(1800)).iso8601))
        #expect(answer["session", "expiresAt"] == .string((kindred.clock.now + .seconds(86_400)).iso8601))
        let token = try #require(answer["session", "token"]?.string)
        #expect(token.utf8.count == 43)

        #expect(try await gateway.send(.put, "/v1/users/me/ratings/1", #"{"rating":4}"#, token: token).status == 202)
        #expect(gateway.queue.waitingJobs.map(\.user) == [ann.user])
        let session = try await gateway.send(.get, Self.current, token: token)
        #expect(session["account", "name"] == .string("Ann"))
        #expect(session["session", "token"] == nil)
        #expect(session["session", "expiresAt"] == answer["session", "expiresAt"])
    }

    @Test func twoSessionsOfOneUserAreTwo() async throws {
        _ = try await kindred.member("ann")
        let tokens = try await [token(of: "ann"), token(of: "ann")]
        #expect(tokens[0] != tokens[1])
        #expect(try await gateway.send(.delete, Self.current, token: tokens[0]).status == 204)
        #expect(try await gateway.send(.get, Self.current, token: tokens[0]).code == "session_expired")
        #expect(try await gateway.send(.delete, Self.current, token: tokens[0]).code == "session_expired")
        #expect(try await gateway.send(.get, Self.current, token: tokens[1]).status == 200)
    }

    @Test func aSessionEndsAfterHalfAnHourWithoutUse() async throws {
        let ann = try await kindred.member("ann")
        for _ in 0..<4 {
            kindred.clock.advance(by: .seconds(1740))
            #expect(try await gateway.send(.get, "/v1/catalogue", token: ann.token).status == 200)  // any use counts
        }
        kindred.clock.advance(by: .seconds(1801))
        for path in [Self.current, "/v1/catalogue", "/v1/users/me/ratings"] {
            let answer = try await gateway.send(.get, path, token: ann.token)
            #expect(answer.code == "session_expired")
            #expect(answer.status == 401)
            #expect(answer.header("WWW-Authenticate") != nil)
        }
        #expect(try await gateway.send(.get, "/livez", token: ann.token).status == 200)
    }

    @Test func aSessionEndsAfterADayHoweverBusy() async throws {
        let ann = try await kindred.member("ann")
        var answer = try await gateway.send(.get, Self.current, token: ann.token)
        for _ in 0..<95 {
            kindred.clock.advance(by: .seconds(900))
            answer = try await gateway.send(.get, Self.current, token: ann.token)
            #expect(answer.status == 200)
        }
        #expect(answer["session", "idleExpiresAt"] == answer["session", "expiresAt"])
        kindred.clock.advance(by: .seconds(900))
        #expect(try await gateway.send(.get, Self.current, token: ann.token).code == "session_expired")
    }

    @Test(arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 44), "Ä", "a b"])
    func whatIsNoTokenIsNobodysSession(token: String) async throws {
        let answer = try await gateway.send(.get, "/v1/catalogue", headers: ["Authorization": "Bearer \(token)"])
        #expect(answer.code == (token.isEmpty ? "unauthorized" : "session_expired"))
        #expect(try await gateway.send(.get, "/v1/catalogue", headers: ["Authorization": "Basic YTpi"]).code == "unauthorized")
    }

    @Test func aChangedPasswordEndsAllOtherSessions() async throws {
        let ann = try await kindred.member("ann")
        let elsewhere = try await token(of: "ann")
        let body = #"{"currentPassword":"correct horse battery","newPassword":"another long one"}"#
        #expect(try await gateway.send(.put, "/v1/accounts/me/password", body, token: ann.token).status == 204)
        #expect(try await gateway.send(.get, Self.current, token: elsewhere).code == "session_expired")
        #expect(try await gateway.send(.get, Self.current, token: ann.token).status == 200)
        #expect(try await kindred.logIn("ann").code == "wrong_credentials")
        #expect(try await kindred.logIn("ann", password: "another long one").status == 201)
    }

    @Test func onlyWhoKnowsThePasswordChangesIt() async throws {
        let ann = try await kindred.member("ann")
        for (body, code) in [
            (#"{"currentPassword":"wrong horse battery","newPassword":"another long one"}"#, "wrong_credentials"),
            (#"{"currentPassword":"correct horse battery","newPassword":"short"}"#, "weak_password"),
            (#"{"currentPassword":"correct horse battery","newPassword":"password1"}"#, "weak_password"),
            (#"{"newPassword":"another long one"}"#, "missing_field"),
        ] {
            #expect(try await gateway.send(.put, "/v1/accounts/me/password", body, token: ann.token).code == code)
        }
        let answer = try await gateway.send(.delete, "/v1/accounts/me", #"{"password":"wrong horse battery"}"#, token: ann.token)
        #expect(answer.code == "wrong_credentials")
        #expect(try await kindred.logIn("ann").status == 201)
    }

    @Test func genresAreThoseOfTheCatalogue() async throws {
        let ann = try await kindred.member("ann")
        func change(_ body: String) async throws -> TestAnswer {
            try await gateway.send(.patch, "/v1/accounts/me", body, token: ann.token)
        }
        let answer = try await change(#"{"genres":["Thriller","Comedy","Thriller"]}"#)
        #expect(answer["account", "genres"] == .array([.string("Thriller"), .string("Comedy")]))
        #expect(try await gateway.send(.get, "/v1/accounts/me", token: ann.token).bytes == answer.bytes)
        let refused = try await change(#"{"genres":["Comedy","Opera"]}"#)
        #expect(refused.code == "invalid_value")
        #expect(refused["errors", "0", "pointer"] == .string("#/genres/1"))
        let many = (0..<21).map { _ in #""Comedy""# }.joined(separator: ",")
        #expect(try await change("{\"genres\":[\(many)]}").code == "invalid_value")
        #expect(try await change(#"{"role":"operator"}"#).code == "unknown_field")
        #expect(try await change("{}").code == "missing_field")
    }

    /// Neither the body nor the headers tell a wrong name from a wrong password, and as much is computed.
    @Test func aWrongNameIsAsWrongAsAWrongPassword() async throws {
        let hashing = CountedHashing()
        let kindred = TestAccounts(hashing: hashing)
        _ = try await kindred.member("ann")
        let wrongPassword = try await kindred.logIn("ann", password: "wrong horse battery")
        let wrongName = try await kindred.logIn("bob", password: "wrong horse battery")
        let noName = try await kindred.logIn("no name at all", password: "")
        for answer in [wrongPassword, wrongName, noName] {
            #expect(answer.status == 401)
            #expect(answer.code == "wrong_credentials")
            #expect(answer.bytes == wrongPassword.bytes)
            #expect(answer.headers == wrongPassword.headers)
        }
        #expect(hashing.verified == 3)
    }

    @Test func nobodyLogsInWhileRedisIsAway() async throws {
        let kindred = TestAccounts(change: { $0.accounts?.sessions = AwaySessions() })
        _ = try? await kindred.member("ann")
        #expect(try await kindred.logIn("ann").code == "storage_unavailable")
    }

    /// So many hashes at once, and so many who wait: the rest come again.
    @Test func whoCannotBeCheckedNowIsToldWhen() async throws {
        let kindred = TestAccounts(hashing: CountedHashing(error: .busy(retryAfter: .milliseconds(1500))))
        _ = try await kindred.member("ann")
        let answer = try await kindred.logIn("ann")
        #expect(answer.code == "overloaded")
        #expect(answer.header("Retry-After") == "2")
        let broken = TestAccounts(hashing: CountedHashing(error: .failed(code: -22)))
        #expect(try await broken.logIn("ann").code == "internal_error")
    }

    /// Nobody is locked out by an overload or an outage, having come again when told to.
    @Test(arguments: [PasswordError.busy(retryAfter: .seconds(1)), .failed(code: -22)])
    func attemptsAtWhichNoPasswordWasLookedAtDoNotCount(_ error: PasswordError) async throws {
        let kindred = TestAccounts(hashing: CountedHashing(error: error, failures: 6))
        _ = try await kindred.member("ann")
        for _ in 0..<6 { #expect(["overloaded", "internal_error"].contains(try await kindred.logIn("ann").code)) }
        for _ in 0..<5 { #expect(try await kindred.logIn("ann", password: "a wrong guess").status == 401) }
        #expect(try await kindred.logIn("ann").status == 429)
        kindred.clock.advance(by: .seconds(1))
        #expect(try await kindred.logIn("ann").status == 201)
    }

    @Test func aBetterHashIsKept() async throws {
        let ann = try await kindred.member("ann")
        let better = TestAccounts(hashing: PlainPasswordHashing(parameters: "p=2"))
        #expect(try await better.accounts.create(ann.account))
        let answer = try await better.logIn("ann")
        #expect(answer.status == 201)
        #expect(try await better.accounts.account(of: ann.user)?.passwordHash.contains("p=2") == true)
        let token = try #require(answer["session", "token"]?.string)
        #expect(try await better.gateway.send(.get, Self.current, token: token).status == 200)
    }

    private func token(of name: String) async throws -> String {
        try #require(try await kindred.logIn(name)["session", "token"]?.string)
    }
}
