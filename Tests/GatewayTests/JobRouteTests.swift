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

@Suite struct JobRouteTests {
    static let recommend = "/v1/users/ann/recommendations"
    static let rate = "/v1/users/ann/ratings/1"

    @Test func showsPendingJobsWithWhenToComeBack() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        let path = try #require(accepted.header("Location"))
        let answer = try await gateway.send(.get, path)
        #expect(answer.status == 200)
        #expect(answer.header("Retry-After") == "1")
        #expect(answer.bytes == accepted.bytes)
        #expect(answer["links", "events"] == .string("\(path)/events"))
        for member in ["startedAt", "finishedAt", "result", "error"] { #expect(answer[member] == .null, "\(member)") }
    }

    @Test func showsFailedJobsWithStatus200() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        var record = try #require(try await gateway.record(of: accepted))
        record.status = .failed
        record.attempt = 2
        record.finishedAt = record.createdAt + .milliseconds(250)
        record.failure = .init(code: "storage_rejected", detail: "It did not work.")
        _ = try await gateway.storage.advance(to: record)
        let answer = try await gateway.send(.get, try #require(accepted.header("Location")))
        #expect(answer.status == 200)
        #expect(answer.header("Retry-After") == nil)
        #expect(answer["status"] == .string("failed"))
        #expect(answer["attempt"] == .number(2))
        #expect(answer["error", "code"] == .string("storage_rejected"))
        #expect(answer["finishedAt"] == .string((record.createdAt + .milliseconds(250)).iso8601))
        #expect(answer["expiresAt"] == .string((record.createdAt + .milliseconds(3_600_250)).iso8601))
        #expect(answer["links", "cancel"] == nil)
    }

    @Test func waitsForTheEnd() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.put, Self.rate, #"{"rating":4}"#)
        let path = try #require(accepted.header("Location"))
        let waited = Task { try await gateway.send(.get, path, headers: ["Prefer": "wait=20"]) }
        try await waitUntil("somebody waits") { await gateway.server.waiter.count == 1 }
        try await gateway.withWorker {
            let answer = try await waited.value
            #expect(answer.status == 200)
            #expect(answer["status"] == .string("succeeded"))
            #expect(answer.header("Preference-Applied") == "wait=20")
            let again = try await gateway.send(.get, path, headers: ["Prefer": "wait=20"])
            #expect(again["status"] == .string("succeeded"))
        }
    }

    @Test func showsJobsThatNobodyStartedAsExpired() async throws {
        let moment = Mutex(Timestamp.now)
        let gateway = TestGateway(now: { moment.withLock { $0 } })
        let accepted = try await gateway.send(.post, Self.recommend)
        let path = try #require(accepted.header("Location"))
        moment.withLock { $0 = $0 + .seconds(30) }
        #expect(try await gateway.send(.get, path)["status"] == .string("queued"))
        moment.withLock { $0 = $0 + .milliseconds(1) }
        let answer = try await gateway.send(.get, path, headers: ["Prefer": "wait=20"])
        #expect(answer["status"] == .string("expired"))
        #expect(answer["error", "code"] == .string("job_expired"))
        #expect(answer["finishedAt"] == answer["deadlineAt"])
        #expect(answer.header("Retry-After") == nil)
        #expect(try await gateway.send(.delete, path).code == "job_already_ended")
    }

    @Test func waitersSeeADeadlinePass() async throws {
        let moment = Mutex(Timestamp.now)
        let gateway = TestGateway(now: { moment.withLock { $0 } })
        async let waited = gateway.send(.post, Self.recommend, headers: ["Prefer": "wait=20"])
        try await waitUntil("somebody waits") { await gateway.server.waiter.count == 1 }
        moment.withLock { $0 = $0 + .seconds(31) }
        #expect(try await waited.code == "job_expired")
    }

    @Test func cancelsRecommendations() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        let path = try #require(accepted.header("Location"))
        let answer = try await gateway.send(.delete, path)
        #expect(answer.status == 200)
        #expect(answer["status"] == .string("cancelled"))
        #expect(answer["finishedAt"]?.string != nil)
        #expect(answer["links", "cancel"] == nil)
        try await gateway.withWorker {
            try await waitUntil("the worker comes too late") { gateway.queue.waitingJobs.isEmpty }
        }
        #expect(try await gateway.send(.get, path)["status"] == .string("cancelled"))
        let again = try await gateway.send(.delete, path)
        #expect(again.status == 409)
        #expect(again.code == "job_already_ended")
    }

    @Test func cancelsWhatRuns() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        var record = try #require(try await gateway.record(of: accepted))
        record.status = .running
        record.attempt = 3
        _ = try await gateway.storage.advance(to: record)
        let answer = try await gateway.send(.delete, try #require(accepted.header("Location")))
        #expect(answer["status"] == .string("cancelled"))
        #expect(answer["attempt"] == .number(3))
    }

    @Test func neverCancelsRatings() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.put, Self.rate, #"{"rating":4}"#)
        let answer = try await gateway.send(.delete, try #require(accepted.header("Location")))
        #expect(answer.status == 409)
        #expect(answer.code == "job_not_cancellable")
    }

    @Test func streamsTheStatesUntilTheEnd() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        let path = try #require(accepted.header("Location"))
        var record = try #require(try await gateway.record(of: accepted))
        let response = try await gateway.respond(.get, "\(path)/events")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/event-stream")
        #expect(response.headers[.cacheControl] == "no-store")
        let body = TestBody()
        async let stream: Void = response.body.write(TestBodyWriter(body: body))
        try await waitUntil("the first event") { body.text.hasSuffix("\n\n") }
        #expect(body.text.hasPrefix("id: 0\nevent: queued\ndata: {\"id\":\"\(record.id)\""))
        record.status = .running
        record.attempt = 1
        _ = try await gateway.storage.advance(to: record)
        try await waitUntil("the second event") { body.text.contains("id: 1\nevent: running\n") }
        #expect(!body.isFinished)
        record.status = .failed
        _ = try await gateway.storage.advance(to: record)
        try await stream
        #expect(body.isFinished)
        let events = body.text.split(separator: "\n\n")
        #expect(events.count == 3)
        #expect(events[2].hasPrefix("id: 99\nevent: failed\ndata: {"))
    }

    @Test func goesOnAfterTheLastEventThatWasSeen() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        let path = try #require(accepted.header("Location")) + "/events"
        _ = try await gateway.send(.delete, String(path.dropLast(7)))
        let rest = try await gateway.send(.get, path, headers: ["Last-Event-ID": "1"])
        #expect(rest.text.hasPrefix("id: 99\nevent: cancelled\n"))
        #expect(rest.text.split(separator: "\n\n").count == 1)
        let done = try await gateway.send(.get, path, headers: ["Last-Event-ID": "99"])
        #expect(done.status == 204)
        #expect(done.bytes.isEmpty)
        #expect(try await gateway.send(.get, path, headers: ["Last-Event-ID": "what"]).text.hasPrefix("id: 99\n"))
    }

    @Test func goesOnBetweenTwoAttempts() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        let path = try #require(accepted.header("Location")) + "/events"
        var record = try #require(try await gateway.record(of: accepted))
        var events: [String] = []
        for (seen, status, attempt) in [(0, JobStatus.running, 1), (1, .retrying, 1), (2, .running, 2), (3, .retrying, 2)] {
            record.status = status
            record.attempt = attempt
            _ = try await gateway.storage.advance(to: record)
            let body = TestBody()
            let response = try await gateway.respond(.get, path, headers: ["Last-Event-ID": "\(seen)"])
            let stream = Task { try await response.body.write(TestBodyWriter(body: body)) }
            try await waitUntil("the event") { body.text.hasSuffix("\n\n") }
            stream.cancel()
            _ = await stream.result
            events.append(body.text.split(separator: "\n").prefix(2).joined(separator: " "))
        }
        #expect(
            events == ["id: 1 event: running", "id: 2 event: retrying", "id: 3 event: running", "id: 4 event: retrying"])
    }

    @Test func saysThatAJobIsNoLongerKnown() async throws {
        let clock = ManualClock()
        let gateway = TestGateway(now: { clock.now })
        let accepted = try await gateway.send(.put, Self.rate, #"{"rating":4}"#)
        let path = try #require(accepted.header("Location"))
        let response = try await gateway.respond(.get, "\(path)/events")
        let body = TestBody()
        async let stream: Void = response.body.write(TestBodyWriter(body: body))
        async let waited = gateway.send(.get, path, headers: ["Prefer": "wait=30"])
        try await waitUntil("both wait") { await gateway.server.waiter.count == 2 }
        let start = ContinuousClock.now
        clock.advance(by: .seconds(8 * 24 * 3600))
        try await stream
        let events = body.text.split(separator: "\n\n")
        #expect(events.count == 2)
        #expect(events.last?.hasPrefix("event: vanished\ndata: {") == true)
        #expect(events.last?.contains(#""code":"unknown_job""#) == true)
        #expect(body.isFinished)
        #expect(try await waited.code == "unknown_job")
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await gateway.send(.get, "\(path)/events").status == 404)
    }

    @Test func waitsForARatingThatIsNotRecordedYet() async throws {
        let gateway = TestGateway()
        let broken = OutageTests.BrokenStorage(error: StorageError(.connectionLost, ""))
        let store = PartlyBrokenStore(storage: gateway.storage, broken: broken)
        let other = TestGateway(queue: gateway.queue, change: { $0.jobs = store })
        let waited = Task { try await other.send(.put, Self.rate, #"{"rating":4}"#, headers: ["Prefer": "wait=20"]) }
        try await waitUntil("it waits") { await other.server.waiter.count == 1 }
        try await gateway.withWorker {
            let answer = try await waited.value
            #expect(answer["status"] == .string("succeeded"))
        }
    }

    /// Writes nothing, and reads all the same.
    private struct PartlyBrokenStore: JobStore {
        let storage: InMemoryStorage
        let broken: OutageTests.BrokenStorage

        func advance(to record: JobRecord) async throws(StorageError) -> JobStatus? { try await broken.advance(to: record) }
        func record(of id: JobID) async throws(StorageError) -> JobRecord? { try await storage.record(of: id) }
        func records(of ids: [JobID]) async throws(StorageError) -> [JobRecord?] { try await storage.records(of: ids) }
    }

    @Test func givesSignsOfLife() async throws {
        let gateway = TestGateway()
        let accepted = try await gateway.send(.post, Self.recommend)
        let record = try #require(try await gateway.record(of: accepted))
        let shelf = ItemShelf(dataset: gateway.dataset, algorithms: [])
        let presenter = JobPresenter(lists: gateway.storage, shelf: { shelf }, now: { .now })
        let events = JobEvents(
            first: record, after: 0, waiter: gateway.server.waiter, presenter: presenter, viewer: .service,
            presence: nil, heartbeat: .milliseconds(5))
        let body = TestBody()
        async let stream: Void = events.write(to: body)
        try await waitUntil("two heartbeats") { body.text == ": still there\n\n: still there\n\n" }
        await gateway.server.waiter.close()
        try await stream
        #expect(body.isFinished)
    }
}

extension TestGateway {
    fileprivate func record(of accepted: TestAnswer) async throws -> JobRecord? {
        guard let id = accepted["id"]?.string.flatMap({ JobID($0) }) else { return nil }
        return try await storage.record(of: id)
    }
}

extension JobEvents {
    fileprivate func write(to body: TestBody) async throws {
        var writer: any ResponseBodyWriter = TestBodyWriter(body: body)
        try await write(to: &writer)
    }
}
