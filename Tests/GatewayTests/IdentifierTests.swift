import Hummingbird
import Jobs
import Messaging
import Recommenders
import Testing

@testable import Gateway

/// Names that try to be something else.
@Suite struct IdentifierTests {
    /// Clients take them for steps in the path, however they are escaped; and "me" stays whoever logged in.
    @Test(arguments: [
        (".", "invalid_user_id"), ("%2E", "invalid_user_id"), ("..", "invalid_user_id"), ("%2e%2E", "invalid_user_id"),
        ("me", "session_required"), ("%6De", "session_required"),
    ])
    func refusesWhatClientsWouldReadOtherwise(path: String, code: String) async throws {
        #expect(try await TestGateway().send(.get, "/v1/users/\(path)/ratings").code == code)
    }

    @Test(arguments: [
        ("a%2Fb", "a/b"), ("a%252Fb", "a%2Fb"), ("%00", "\0"), ("%0D%0AX:%20y", "\r\nX: y"), ("...", "..."), ("%2E%2E%2F", "../"),
        ("%F0%9F%98%80", "😀"), ("a+b", "a+b"), ("a%20b", "a b"), ("%3Fx=1%23y", "?x=1#y"), ("*", "*"), ("%7Buser%7D", "{user}"),
        ("ME", "ME"), ("me%00", "me\0"), ("%25", "%"), ("e%CC%81", "e\u{301}"), (":x", ":x"), ("%E2%80%AE", "\u{202E}"),
    ])
    func areDecodedExactlyOnce(path: String, user: String) async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.put, "/v1/users/\(path)/ratings/1", #"{"rating":4}"#)
        #expect(accepted.status == 202)
        let job = try #require(gateway.queue.waitingJobs.first)
        #expect(job.user.map { Array($0.rawValue.utf8) } == Array(user.utf8))
        let link = try #require(accepted["links", "recommendations"]?.string)
        #expect(link.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        try await gateway.withWorker {
            try await waitUntil("the list is there") { try await gateway.send(.get, link).status == 200 }
            let profile = try await gateway.send(.get, "/v1/users/\(path)/ratings")
            #expect(profile["user"] == .string(user))
            #expect(profile["total"] == .number(1))
        }
    }

    @Test(arguments: ["%FF", "%C0%AF", "%ED%A0%80", "%E2%82", "%", "%2", "%G0", "a%", "é", String(repeating: "x", count: 129)])
    func areRefusedIfTheyAreNotUTF8(path: String) async throws {
        let gateway = TestGateway()
        for (method, rest) in [(HTTPRequest.Method.get, "ratings"), (.get, "recommendations"), (.post, "recommendations")] {
            let answer = try await gateway.send(method, "/v1/users/\(path)/\(rest)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_user_id")
        }
        let item = try await gateway.send(.get, "/v1/items/\(path)")
        #expect(item.status == 400)
        #expect(item.code == "invalid_item_id")
    }

    @Test func keepMeForSessions() async throws {
        let gateway = TestGateway()
        for (method, rest) in [
            (HTTPRequest.Method.get, "ratings"), (.post, "ratings"), (.put, "ratings/1"), (.delete, "ratings/1"),
            (.get, "recommendations"), (.post, "recommendations"),
        ] {
            let answer = try await gateway.send(method, "/v1/users/me/\(rest)")
            #expect(answer.status == 401)
            #expect(answer.code == "session_required")
            #expect(answer.header("WWW-Authenticate") != nil)
        }
        #expect(gateway.queue.waitingJobs.isEmpty)
    }

    @Test func mayBeAsLongAsTheySay() async throws {
        let path = "/v1/users/\(String(repeating: "x", count: 128))/ratings"
        #expect(try await TestGateway().send(.get, path).status == 200)
    }

    @Test(arguments: ["", "plain-._~", "a/b", "ä😀\0", "%2F", " +&=?#"])
    func surviveEncoding(text: String) {
        #expect(PercentEncoding.decoded(PercentEncoding.encoded(text)) == text)
    }
}
