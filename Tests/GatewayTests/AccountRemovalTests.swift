import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

@Suite struct AccountRemovalTests {
    static let password = #"{"password":"correct horse battery"}"#

    let kindred = TestAccounts()
    var gateway: TestGateway { kindred.gateway }

    @Test func takesEverythingAlong() async throws {
        let ann = try await kindred.member("ann")
        let elsewhere = try #require(try await kindred.logIn("ann")["session", "token"]?.string)
        try await rate(["1", "2", "3"], as: ann)
        #expect(try await gateway.storage.list(for: ann.user) != nil)

        #expect(try await gateway.send(.delete, "/v1/accounts/me", Self.password, token: ann.token).status == 204)
        for token in [ann.token, elsewhere] {
            #expect(try await gateway.send(.get, "/v1/sessions/current", token: token).code == "session_expired")
        }
        #expect(try await kindred.logIn("ann").code == "wrong_credentials")
        #expect(try await gateway.storage.profile(of: ann.user).updates.isEmpty)
        #expect(try await gateway.storage.list(for: ann.user) == nil)

        // What others learned from the ratings ends as well: each is taken back by a job that is newer than all before.
        let jobs = gateway.queue.waitingJobs
        guard jobs.count == 1, case .updateRatings(let user, let updates, let refresh) = jobs[0].task else {
            Issue.record("\(jobs)")
            return
        }
        #expect(user == ann.user && !refresh)
        #expect(Set(updates.map(\.item.rawValue)) == ["1", "2", "3"])
        #expect(updates.allSatisfy { $0.rating == nil })
    }

    @Test func whoTakesTheNameInheritsNothing() async throws {
        let ann = try await kindred.member("ann")
        try await rate(["1"], as: ann)
        _ = try await gateway.send(.delete, "/v1/accounts/me", Self.password, token: ann.token)
        let answer = try await kindred.signUp("ann")
        #expect(answer.status == 201)
        #expect(answer["account", "user"] != .string(ann.user.rawValue))
        let token = try #require(answer["session", "token"]?.string)
        #expect(try await gateway.send(.get, "/v1/users/me/ratings", token: token)["total"] == .number(0))
    }

    @Test func canBeAskedForAgainUntilItIsDone() async throws {
        let ann = try await kindred.member("ann")
        try await rate(["1"], as: ann)
        gateway.queue.fail(with: MessagingError(.disconnected, "away"))
        let refused = try await gateway.send(.delete, "/v1/accounts/me", Self.password, token: ann.token)
        #expect(refused.code == "queue_unavailable")
        #expect(try await gateway.send(.get, "/v1/users/me/ratings", token: ann.token)["total"] == .number(1))
        gateway.queue.fail(with: nil)
        #expect(try await gateway.send(.delete, "/v1/accounts/me", Self.password, token: ann.token).status == 204)
    }

    private func rate(_ items: [String], as member: TestAccounts.Member) async throws {
        let ratings = items.map { #"{"item":"\#($0)","rating":4}"# }.joined(separator: ",")
        try await gateway.withWorker {
            let answer = try await gateway.send(
                .post, "/v1/users/me/ratings", "{\"ratings\":[\(ratings)]}", headers: ["Prefer": "wait=20"], token: member.token)
            #expect(answer["status"] == .string("succeeded"))
        }
    }
}
