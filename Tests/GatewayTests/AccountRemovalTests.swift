import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
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
        guard jobs.count == 2, case .updateRatings(let user, let updates, let refresh) = jobs[0].task else {
            Issue.record("\(jobs)")
            return
        }
        #expect(user == ann.user && !refresh)
        #expect(Set(updates.map(\.item.rawValue)) == ["1", "2", "3"])
        #expect(updates.allSatisfy { $0.rating == nil })
        #expect(jobs[1].task == .removeUser(ann.user))
    }

    /// Ratings that were accepted before, or meanwhile, may be applied at any time after.
    @Test func whatIsStillQueuedBringsNothingBack() async throws {
        let ann = try await kindred.member("ann")
        #expect(try await gateway.send(.put, "/v1/users/me/ratings/1", #"{"rating":4}"#, token: ann.token).status == 202)
        #expect(try await gateway.send(.delete, "/v1/accounts/me", Self.password, token: ann.token).status == 204)
        let queued = gateway.queue.waitingJobs
        #expect(queued.count == 2)
        for job in queued { #expect(job.user == ann.user) }
        for job in queued + queued.reversed() {
            guard case .updateRatings(let user, let updates, _) = job.task else { continue }
            await #expect(throws: StorageError.self) { _ = try await gateway.storage.apply(updates, for: user) }
        }
        #expect(try await gateway.storage.profile(of: ann.user) == LiveProfile())
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

    /// The key of the first sign-up is remembered for a day.
    @Test(arguments: [SignUpTests.ratings, nil]) func theSameSignUpMakesAnotherAccount(ratings: String?) async throws {
        var users: Set<String> = []
        var jobs: Set<String> = []
        for number in 1...3 {
            let answer = try await kindred.signUp("ann", ratings: ratings, headers: SignUpTests.key)
            #expect(answer.status == 201)
            #expect(answer["account", "createdAt"] == .string(kindred.clock.now.iso8601))
            users.insert(try #require(answer["account", "user"]?.string))
            if let job = answer["job", "id"]?.string { jobs.insert(job) }
            kindred.clock.advance(by: .seconds(60))
            // A repetition is one all the same.
            let again = try await kindred.signUp("ann", ratings: ratings, headers: SignUpTests.key)
            #expect(again["account"] == answer["account"] && again["job", "id"] == answer["job", "id"])
            #expect(users.count == number)
            let token = try #require(answer["session", "token"]?.string)
            try await gateway.withWorker {
                if let id = answer["job", "id"]?.string {
                    _ = try await gateway.send(.get, "/v1/jobs/\(id)", headers: ["Prefer": "wait=20"], token: token)
                    #expect(try await gateway.send(.get, "/v1/users/me/ratings", token: token)["total"] == .number(2))
                }
                #expect(try await gateway.send(.delete, "/v1/accounts/me", Self.password, token: token).status == 204)
            }
            kindred.clock.advance(by: .seconds(60))
        }
        #expect(jobs.count == (ratings == nil ? 0 : 3))
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
