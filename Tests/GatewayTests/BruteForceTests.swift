import Hummingbird
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

/// Passwords that are guessed.
@Suite struct BruteForceTests {
    let kindred = TestAccounts()
    let recorder = LogRecorder()

    /// From one address and from a hundred.
    @Test(arguments: [1, 100]) func aThousandGuessesComeToLittle(addressCount: Int) async throws {
        _ = try await kindred.member("victim")
        _ = try await kindred.member("other")
        var answers: [TestAnswer] = []
        for guess in 0..<1000 {
            answers.append(
                try await kindred.logIn(
                    "victim", password: "guess number \(guess)", peer: "192.0.2.\(guess % addressCount)", recorder: recorder))
            kindred.clock.advance(by: .milliseconds(60))  // a minute in all
        }
        #expect(answers.allSatisfy { ["wrong_credentials", "too_many_attempts"].contains($0.code) })
        // Five are free; the next wait for 1, 2, 4, 8, 16 and 32 seconds.
        #expect(answers.count { $0.status == 401 } <= 11)
        let refused = answers.filter { $0.status == 429 }
        #expect(refused.count >= 989)
        for answer in refused { #expect(try #require(answer.header("Retry-After").flatMap { Int($0) }) >= 1) }

        // Logged, in a line or two, which tell no name, no address and no password.
        #expect(1...2 ~= recorder.records.count)
        for record in recorder.records {
            #expect(record.hasPrefix("warning: Too many passwords were tried"))
            #expect(record.contains("account.sha256=") && record.contains("client.sha256="))
            for secret in ["victim", "192.0.2", "guess"] { #expect(!record.contains(secret)) }
        }

        // Others are unharmed, wherever they are, but for one address' share.
        #expect(try await kindred.logIn("other", peer: "198.51.100.1").status == 201)
        if addressCount > 1 { #expect(try await kindred.logIn("other", peer: "192.0.2.7").status == 201) }
        #expect(try await kindred.signUpStatus(peer: "198.51.100.2") == 201)
        // The one that was attacked waits until its delay is over.
        #expect(try await kindred.logIn("victim", peer: "198.51.100.1").code == "too_many_attempts")
        kindred.clock.advance(by: .seconds(900))
        #expect(try await kindred.logIn("victim", peer: "198.51.100.1").status == 201)
    }

    /// One address that tries one password at many names.
    @Test func aThousandNamesComeToLittleEither() async throws {
        var answers: [TestAnswer] = []
        for name in 0..<1000 {
            answers.append(try await kindred.logIn("name-\(name)", peer: "192.0.2.1", recorder: recorder))
            kindred.clock.advance(by: .milliseconds(60))
        }
        #expect(answers.count { $0.status == 401 } <= 41)  // twenty at once, and twenty in the minute
        #expect(recorder.records.count == 1)
        while try await kindred.logIn("name", peer: "192.0.2.1").status != 429 {}
        #expect(try await kindred.signUpStatus(peer: "192.0.2.1") == 429)
        #expect(try await kindred.signUpStatus(peer: "192.0.2.2") == 201)
    }

    /// Those of a session are counted too.
    @Test func aStolenSessionIsNoWayToThePassword() async throws {
        let ann = try await kindred.member("ann")
        var statuses: [Int] = []
        for guess in 0..<20 {
            let body = #"{"password":"guess number \#(guess)"}"#
            statuses.append(try await kindred.gateway.send(.delete, "/v1/accounts/me", body, token: ann.token).status)
        }
        #expect(statuses.count { $0 == 401 } <= 6)
        #expect(statuses.suffix(10).allSatisfy { $0 == 429 })
    }

    @Test func aLineASubjectInTenMinutes() throws {
        let log = SlowedLog()
        let clock = ManualClock()
        func note(_ name: String, _ address: String) throws {
            log.note(
                try AccountName(name), at: ClientAddress(address), for: .seconds(4), now: clock.now, logger: recorder.logger)
        }
        for _ in 0..<3 { try note("ann", "192.0.2.1") }
        try note("ANN", "192.0.2.2")
        #expect(recorder.records.count == 1)
        try note("bob", "192.0.2.2")
        #expect(recorder.records.count == 2)
        clock.advance(by: .seconds(600))
        try note("ann", "192.0.2.1")
        #expect(recorder.records.count == 3)
        for number in 0..<5000 { try note("name-\(number)", "10.0.\(number / 250).\(number % 250)") }
        #expect(recorder.records.count < 600)
    }
}

extension TestAccounts {
    fileprivate func signUpStatus(peer: String) async throws -> Int {
        try await gateway.send(
            .post, "/v1/accounts", #"{"name":"newcomer","password":"correct horse battery"}"#, peer: peer
        ).status
    }
}
