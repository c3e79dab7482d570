import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Testing

@testable import Gateway

@Suite struct DeadLetterRouteTests {
    static let broken = DeadLetter(
        id: "message-0123456789abcdef", content: .undecodable(prefix: Array("{".utf8), byteCount: 70_000),
        death: JobDeath(reason: .rejected, queue: "ratings.apply", deliveries: 1), diedAt: nil, tag: 2)

    let id = JobID.random()

    @Test func tellsNothingOfRatings() async throws {
        let kindred = kindred()
        let answer = try await send(.get, "", to: kindred)
        #expect(answer["total"] == .number(2))
        #expect(answer["deadLetters", "0", "id"] == .string(id.rawValue))
        #expect(answer["deadLetters", "0", "reason"] == .string("delivery_limit"))
        #expect(answer["deadLetters", "0", "jobs", "0", "user"] == .string("ann"))
        #expect(answer["deadLetters", "0", "jobs", "0", "ratingCount"] == .number(1))
        #expect(answer["deadLetters", "1", "byteCount"] == .number(70_000))
        #expect(answer["deadLetters", "1", "jobs"] == .array([]))
        #expect(!answer.text.contains("item") && !answer.text.contains("4.5"))
        #expect(try await send(.get, "?pageSize=1", to: kindred)["deadLetters"]?.elements?.count == 1)
    }

    @Test func isDoneAgainAsANewJob() async throws {
        let kindred = kindred()
        let answer = try await send(.post, "/\(id)/requeue", to: kindred)
        #expect(answer.status == 202)
        let job = try #require(kindred.gateway.queue.waitingJobs.first)
        #expect(job.id != id && job.user?.rawValue == "ann")
        #expect(answer["requeued", "0", "id"] == .string(id.rawValue))
        #expect(answer["requeued", "0", "newID"] == .string(job.id.rawValue))
        #expect(try await kindred.gateway.storage.record(of: job.id)?.status == .queued)
        #expect(try await send(.post, "/\(id)/requeue", to: kindred).code == "unknown_dead_letter")
        #expect(kindred.gateway.queue.waitingJobs.count == 1)
    }

    @Test func staysWhileTheBrokerTakesNothing() async throws {
        let kindred = kindred()
        kindred.gateway.queue.fail(with: MessagingError(.refused, "full"))
        #expect(try await send(.post, "/\(id)/requeue", to: kindred).code == "queue_full")
        #expect(try await send(.get, "", to: kindred)["total"] == .number(2))
    }

    @Test func whatIsNoJobCanOnlyBeForgotten() async throws {
        let kindred = kindred()
        #expect(try await send(.post, "/\(Self.broken.id)/requeue", to: kindred).code == "dead_letter_not_a_job")
        #expect(try await send(.delete, "/\(Self.broken.id)", to: kindred).status == 204)
        #expect(try await send(.delete, "/\(Self.broken.id)", to: kindred).code == "unknown_dead_letter")
        #expect(try await send(.get, "", to: kindred)["total"] == .number(1))
    }

    private func kindred() -> TestAccounts {
        TestAccounts(change: { $0.deadLetters = InMemoryDeadLetterBox([.of(id), Self.broken]) })
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, to kindred: TestAccounts) async throws -> TestAnswer {
        try await kindred.gateway.send(method, "/v1/dead-letters\(path)", token: TestAccounts.operatorKey)
    }
}

extension DeadLetter {
    /// One rating that its workers died of.
    static func of(_ id: JobID) -> DeadLetter {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        var updates: [RatingUpdate] = []
        if let item = try? ItemID("1") {
            updates = [RatingUpdate(item: item, rating: 4.5, version: RatingVersion(clock: 1, origin: 1))]
        }
        guard let user = try? UserID("ann") else { preconditionFailure("ann is a user") }
        let job = Job(id: id, createdAt: now, task: .updateRatings(user: user, updates: updates, refresh: true))
        return DeadLetter(
            id: id.rawValue, content: .jobs([job]),
            death: JobDeath(reason: .deliveryLimit, queue: "ratings.apply", deliveries: 21), diedAt: now, tag: 1)
    }
}
