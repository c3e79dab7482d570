import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Gateway

@Suite struct IdempotencyTests {
    struct Mutation: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let body: String?

        var testDescription: String { "\(method) \(path)" }
    }

    static let mutations = [
        Mutation(method: .put, path: "/v1/users/ann/ratings/1", body: #"{"rating":4}"#),
        Mutation(method: .delete, path: "/v1/users/ann/ratings/1", body: nil),
        Mutation(
            method: .post, path: "/v1/users/ann/ratings?refresh=false",
            body: #"{"ratings":[{"item":"1","rating":4},{"item":"2","rating":null},{"item":"3","rating":5}]}"#),
        Mutation(method: .post, path: "/v1/users/ann/recommendations", body: #"{"count":3,"priority":"batch"}"#),
        Mutation(method: .post, path: "/v1/recommendations", body: #"{"ratings":[{"item":"1","rating":5}]}"#),
    ]

    let servers = SharedServers()

    @Test(arguments: mutations) func aRepeatIsTheSameJob(_ mutation: Mutation) async throws {
        let first = try await send(mutation, to: servers.gateway())
        #expect(first.status == 202)
        let again = try await send(mutation, to: servers.gateway())
        #expect(again.status == 202)
        #expect(again.bytes == first.bytes)
        #expect(again.header("Location") == first.header("Location"))
        #expect(servers.queue.waitingJobs.count == 1)
    }

    @Test(arguments: mutations) func withoutAKeyEachIsOneOfItsOwn(_ mutation: Mutation) async throws {
        let gateway = servers.gateway()
        let first = try await gateway.send(mutation.method, mutation.path, mutation.body)
        let again = try await gateway.send(mutation.method, mutation.path, mutation.body)
        #expect(first["id"] != again["id"])
        #expect(Set(servers.queue.waitingJobs.map(\.id)).count == 2)
    }

    @Test(arguments: mutations, Death.allCases)
    func whereverTheFirstDiesThereIsOneJob(_ mutation: Mutation, _ death: Death) async throws {
        _ = try await send(mutation, to: servers.gateway(dying: { death }))
        let answer = try await send(mutation, to: servers.gateway())
        #expect(answer.status == 202)
        let jobs = servers.queue.waitingJobs
        #expect(Set(jobs).count == 1)
        #expect(answer["id"] == jobs.first.map { .string($0.id.rawValue) })
        let isPublishedAgain = [.afterPublishing, .beforeTheConfirm].contains(death)
        #expect(jobs.count == (isPublishedAgain ? 2 : 1))
    }

    @Test func showsTheJobAsItIsNow() async throws {
        let gateway = servers.gateway()
        let first = try await send(Self.mutations[3], to: gateway)
        var record = try #require(try await servers.record(of: first))
        record.status = .running
        record.attempt = 1
        _ = try await servers.storage.advance(to: record)
        #expect(try await send(Self.mutations[3], to: gateway)["status"] == .string("running"))
        record.status = .failed
        record.finishedAt = .now
        _ = try await servers.storage.advance(to: record)
        let ended = try await send(Self.mutations[3], to: gateway)
        #expect(ended.status == 202)
        #expect(ended["status"] == .string("failed"))
        #expect(ended.header("Retry-After") == nil)
        let waited = try await send(Self.mutations[3], to: gateway, headers: ["Prefer": "wait=10"])
        #expect(waited.code == "job_failed")
        #expect(servers.queue.waitingJobs.count == 1)
    }

    @Test func publishesAgainUntilTheBrokerIsKnownToHaveIt() async throws {
        let dying = servers.gateway(dying: { .beforeTheConfirm })
        for count in 1...3 {
            _ = try await send(Self.mutations[0], to: dying)
            #expect(servers.queue.waitingJobs.count == count)
        }
        var record = JobRecord(of: try #require(servers.queue.waitingJobs.first))
        record.status = .running
        record.attempt = 1
        _ = try await servers.storage.advance(to: record)
        #expect(try await send(Self.mutations[0], to: dying)["status"] == .string("running"))
        #expect(servers.queue.waitingJobs.count == 3)
    }

    @Test(arguments: [
        Mutation(method: .put, path: "/v1/users/ann/ratings/1", body: #"{"rating":5}"#),
        Mutation(method: .put, path: "/v1/users/ann/ratings/1", body: #"{"rating": 4}"#),
        Mutation(method: .put, path: "/v1/users/ann/ratings/2", body: #"{"rating":4}"#),
        Mutation(method: .put, path: "/v1/users/ann/ratings/1?refresh=true", body: #"{"rating":4}"#),
        Mutation(method: .delete, path: "/v1/users/ann/ratings/1", body: nil),
        Mutation(method: .post, path: "/v1/users/ann/recommendations", body: nil),
    ])
    func anotherRequestUnderTheSameKeyIsRefused(_ other: Mutation) async throws {
        let gateway = servers.gateway()
        #expect(try await send(Self.mutations[0], to: gateway).status == 202)
        let answer = try await send(other, to: gateway)
        #expect(answer.status == 422)
        #expect(answer.code == "idempotency_key_reused")
        #expect(servers.queue.waitingJobs.count == 1)
    }

    @Test func keysOfTwoSendersHaveNothingToDoWithEachOther() async throws {
        let kindred = TestAccounts()
        let (ann, bob) = (try await kindred.member("ann"), try await kindred.member("bob"))
        var ids: Set<String> = []
        for token in [ann.token, bob.token, ann.token] {
            let answer = try await kindred.gateway.send(
                .post, "/v1/users/me/recommendations", headers: ["Idempotency-Key": "k"], token: token)
            ids.insert(try #require(answer["id"]?.string))
        }
        let guest = #"{"ratings":[]}"#
        for peer in ["192.0.2.1", "192.0.2.2", "192.0.2.1"] {
            let answer = try await kindred.gateway.send(
                .post, "/v1/recommendations", guest, headers: ["Idempotency-Key": "k"], peer: peer)
            ids.insert(try #require(answer["id"]?.string))
        }
        let headers = ["Idempotency-Key": "k", "Authorization": "Bearer \(TestAccounts.serviceKey)"]
        let answer = try await kindred.gateway.send(.post, "/v1/recommendations", guest, headers: headers)
        ids.insert(try #require(answer["id"]?.string))
        #expect(ids.count == 5)
    }

    @Test(
        arguments: [
            ("k", "k"), (#""k""#, "k"), (#""a\"b\\c""#, #"a"b\c"#),
            (String(repeating: "k", count: 255), String(repeating: "k", count: 255)),
            ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"), ("", nil), (#""""#, nil),
            ("a b", nil),
            (#""a b""#, nil), ("é", nil), (#"""#, nil), (#""a"#, nil), (#""a"b""#, nil), (#""a\""#, nil), (#""\a""#, nil),
            ("a, a", nil),
            (#""a";p=1"#, nil), (String(repeating: "k", count: 256), nil), ("\t", nil), ("a\u{7F}", nil),
        ] as [(String, String?)])
    func readsKeysAsTheDraftHasThemOrBare(header: String, key: String?) {
        #expect(RequestIdentity.key(in: header) == key)
    }

    @Test func refusesWhatIsNoKey() async throws {
        let gateway = servers.gateway()
        for mutation in Self.mutations {
            let answer = try await gateway.send(
                mutation.method, mutation.path, mutation.body, headers: ["Idempotency-Key": "two words"])
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_idempotency_key")
        }
        #expect(servers.queue.waitingJobs.isEmpty)
    }

    @Test func aKeyIsFreeAgainAfterADay() async throws {
        let clock = ManualClock()
        let servers = SharedServers(now: { clock.now })
        let gateway = servers.gateway()
        let first = try await send(Self.mutations[0], to: gateway)
        clock.advance(by: .seconds(24 * 3600 - 1))
        #expect(try await send(Self.mutations[0], to: gateway)["id"] == first["id"])
        clock.advance(by: .seconds(1))
        let other = try await send(Self.mutations[1], to: gateway)
        #expect(other.status == 202)
        #expect(other["id"] != first["id"])
    }

    @Test func whatExpiredMayBeAskedForAgain() async throws {
        let clock = ManualClock()
        let servers = SharedServers(now: { clock.now })
        let gateway = servers.gateway()
        let first = try await send(Self.mutations[4], to: gateway)
        clock.advance(by: .seconds(31))
        let second = try await send(Self.mutations[4], to: gateway)
        #expect(second["status"] == .string("queued"))
        #expect(second["id"] != first["id"])
        #expect(try await send(Self.mutations[4], to: gateway)["id"] == second["id"])
    }

    @Test func aRatingWhoseRecordIsLostIsPublishedAgain() async throws {
        let first = try await send(Self.mutations[2], to: servers.gateway())
        let empty = InMemoryStorage()
        let gateway = TestGateway(change: { dependencies in
            dependencies.jobs = empty
            dependencies.claims = servers.claims
            dependencies.queue = servers.queue
        })
        #expect(try await send(Self.mutations[2], to: gateway)["id"] == first["id"])
        #expect(servers.queue.waitingJobs.count == 2)
        #expect(Set(servers.queue.waitingJobs).count == 1)
    }

    @Test func aRepeatedCancellationIsAsGoodAsTheFirst() async throws {
        let gateway = servers.gateway()
        let path = try #require(try await gateway.send(.post, "/v1/users/ann/recommendations").header("Location"))
        let headers = ["Idempotency-Key": "cancel"]
        let first = try await gateway.send(.delete, path, headers: headers)
        let again = try await gateway.send(.delete, path, headers: headers)
        #expect(first.status == 200 && again.status == 200)
        #expect(first.bytes == again.bytes)
        #expect(try await gateway.send(.delete, path).code == "job_already_ended")
        let other = try #require(try await gateway.send(.post, "/v1/users/ann/recommendations").header("Location"))
        #expect(try await gateway.send(.delete, other, headers: headers).code == "idempotency_key_reused")
    }

    @Test(arguments: [StorageError.Code.connectionFailed, .connectionLost, .unavailable])
    func ratingsAreTakenUncheckedWhileRedisIsAway(_ code: StorageError.Code) async throws {
        let broken = OutageTests.BrokenStorage(error: StorageError(code, ""))
        let gateway = TestGateway(change: { $0.claims = broken })
        for mutation in Self.mutations {
            let answer = try await send(mutation, to: gateway)
            #expect(answer.status == (mutation.path.contains("/ratings") ? 202 : 503))
            if answer.status == 503 { #expect(answer.code == "storage_unavailable") }
        }
    }

    private func send(_ mutation: Mutation, to gateway: TestGateway, headers: [String: String] = [:]) async throws -> TestAnswer {
        try await gateway.send(
            mutation.method, mutation.path, mutation.body,
            headers: headers.merging(["Idempotency-Key": #""the-key""#]) { $1 })
    }
}

extension SharedServers {
    func record(of accepted: TestAnswer) async throws -> JobRecord? {
        guard let id = accepted["id"]?.string.flatMap({ JobID($0) }) else { return nil }
        return try await storage.record(of: id)
    }
}
