import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Gateway

/// Servers that are away.
@Suite struct OutageTests {
    /// A Redis that answers every command with an error.
    struct BrokenStorage: ProfileStore, RecommendationStore, JobStore, IdempotencyStore, RateLimitStore {
        let error: StorageError

        func apply(_ updates: [RatingUpdate], for user: UserID) async throws(StorageError) -> LiveProfile { throw error }
        func profile(of user: UserID) async throws(StorageError) -> LiveProfile { throw error }
        func save(_ list: StoredList, for user: UserID, lifetime: Duration) async throws(StorageError) { throw error }
        func list(for user: UserID) async throws(StorageError) -> StoredList? { throw error }
        func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? { throw error }
        func record(of id: JobID) async throws(StorageError) -> JobRecord? { throw error }
        func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] { throw error }
        func count(in buckets: [RateLimitBucket]) async throws(StorageError) -> [RateLimitState] { throw error }
        func replace(
            _ known: IdempotencyClaim?, with claim: IdempotencyClaim, under key: IdempotencyKey, lifetime: Duration
        ) async throws(StorageError) -> IdempotencyClaim? { throw error }
    }

    struct Request: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let body: String?
    }

    static let writes = [
        Request(method: .put, path: "/v1/users/ann/ratings/1", body: #"{"rating":4}"#),
        Request(method: .delete, path: "/v1/users/ann/ratings/1", body: nil),
        Request(method: .post, path: "/v1/users/ann/ratings", body: #"{"ratings":[{"item":"1","rating":4}]}"#),
        Request(method: .post, path: "/v1/users/ann/recommendations", body: nil),
        Request(method: .post, path: "/v1/recommendations", body: #"{"ratings":[]}"#),
    ]

    static let ratingPaths: Set = ["/v1/users/ann/ratings/1", "/v1/users/ann/ratings"]

    static let reads = [
        Request(method: .get, path: "/v1/users/ann/ratings", body: nil),
        Request(method: .get, path: "/v1/users/ann/recommendations", body: nil),
        Request(method: .get, path: "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch", body: nil),
        Request(method: .delete, path: "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch", body: nil),
        Request(method: .get, path: "/v1/jobs/01jz2qv7m9d4k8w3x6y5t0b1ch/events", body: nil),
    ]

    static let codes: [MessagingError.Code: (status: Int, code: String)] = [
        .disconnected: (503, "queue_unavailable"), .timedOut: (503, "queue_unavailable"), .refused: (503, "queue_full"),
        .blocked: (503, "queue_blocked"), .overloaded: (503, "overloaded"), .unroutable: (503, "queue_unavailable"),
        .topologyMismatch: (503, "queue_unavailable"), .accessRefused: (503, "queue_unavailable"),
        .untrusted: (503, "queue_unavailable"),
        .malformed: (500, "internal_error"), .closed: (503, "shutting_down"),
    ]

    @Test(arguments: MessagingError.Code.allCases)
    func saysWhatTheBrokerSays(code: MessagingError.Code) async throws {
        let expected = try #require(Self.codes[code])
        let gateway = TestGateway()
        gateway.queue.fail(with: MessagingError(code, "secret details"))
        for request in Self.writes {
            let answer = try await gateway.send(request.method, request.path, request.body, headers: ["Prefer": "wait=10"])
            #expect(answer.status == expected.status)
            #expect(answer.code == expected.code)
            check(answer)
        }
        #expect(try await gateway.send(.get, "/v1/users/ann/ratings").status == 200)
    }

    @Test func saysWhenTheQueueIsFull() async throws {
        let gateway = TestGateway(queue: InMemoryJobQueue(capacity: 1))
        #expect(try await gateway.send(.post, "/v1/users/ann/recommendations").status == 202)
        #expect(try await gateway.send(.post, "/v1/users/ann/recommendations").code == "queue_full")
    }

    @Test(arguments: StorageError.Code.allCases)
    func saysWhatTheStorageSays(code: StorageError.Code) async throws {
        let error = StorageError(code, "secret details")
        let storage = BrokenStorage(error: error)
        let gateway = TestGateway(change: {
            $0.profiles = storage
            $0.lists = storage
            $0.jobs = storage
        })
        let expected: (status: Int, code: String) =
            switch code {
            case .connectionFailed, .connectionLost, .unavailable: (503, "storage_unavailable")
            case .rejected, .profileFull, .userRemoved, .corrupted: (500, "internal_error")
            case .closed: (503, "shutting_down")
            }
        for request in Self.writes + Self.reads {
            let answer = try await gateway.send(request.method, request.path, request.body)
            if error.isRetriable, Self.ratingPaths.contains(request.path), request.method != .get {
                #expect(answer.status == 202, "\(request.path)")  // the broker has it, and Redis will
                continue
            }
            #expect(answer.status == expected.status, "\(request.path)")
            #expect(answer.code == expected.code, "\(request.path)")
            check(answer)
        }
        for path in ["/v1/catalogue", "/v1/items", "/v1/items/1", "/livez", "/readyz"] {
            #expect(try await gateway.send(.get, path).status == 200)
        }
    }

    @Test func spreadsTheReturnOfTheRefused() async throws {
        let gateway = TestGateway()
        gateway.queue.fail(with: MessagingError(.blocked, ""))
        var delays: Set<String> = []
        for _ in 0..<100 {
            delays.insert(try #require(try await gateway.send(.post, "/v1/users/ann/recommendations").header("Retry-After")))
        }
        #expect(delays.isSubset(of: ["1", "2", "3", "4", "5"]))
        #expect(delays.count > 1)
    }

    @Test func drawsTheReturnFromItsGenerator() async throws {
        let chance = IdempotencyPropertyTests.Chance(seed: 1)
        let gateway = TestGateway(change: { $0.retryDelay = { 1 + chance.number(below: 5) } })
        var expected = SeededGenerator(seed: 1)
        for code in [MessagingError.Code.refused, .blocked, .disconnected, .overloaded, .closed] {
            gateway.queue.fail(with: MessagingError(code, ""))
            for request in Self.writes {
                let answer = try await gateway.send(request.method, request.path, request.body)
                #expect(answer.header("Retry-After") == "\(1 + Int.random(in: 0..<5, using: &expected))")
            }
        }
    }

    private func check(_ answer: TestAnswer) {
        #expect(!answer.text.contains("secret"))
        #expect((answer.header("Retry-After") != nil) == (answer.status == 503))
    }
}
