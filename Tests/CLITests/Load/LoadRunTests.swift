import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import CLI

/// The generator against a server that misbehaves as told. What is asserted are counts and lower bounds, which no slow machine changes.
@Suite struct LoadRunTests {
    static let population = LoadPopulation(
        dataset: "Films", prefix: "u", userCount: 10, scale: .init(minimum: 1, step: 1, count: 5), items: ["1", "2"], words: ["a"]
    )

    private func run(
        _ server: LoadTestServer, _ pace: LoadPhase.Pace, mix: String, seconds: Double, warmUp: Double = 0, log: String? = nil,
        _ change: (inout LoadSettings) -> Void = { _ in }
    ) async throws -> LoadFigures {
        var settings = LoadSettings()
        settings.mix = try #require(LoadMix(mix))
        settings.drain = .seconds(20)
        change(&settings)
        let target = try LoadTarget(url: "http://127.0.0.1:\(server.port)", key: "secret")
        let session = try await LoadSession(settings, target, Self.population, logPath: log)
        let figures = try await session.run(
            LoadPhase(pace: pace, warmUp: .seconds(warmUp), duration: .seconds(seconds)))
        await session.close()
        return figures
    }

    /// All that is asked within half a second after the hundredth request is answered only then.
    private func stallingServer() async throws -> LoadTestServer {
        let end = Mutex<ContinuousClock.Instant?>(nil)
        return try await LoadTestServer { request in
            let now = ContinuousClock.now
            let until = end.withLock { end in
                if request.number == 100 { end = now + .milliseconds(500) }
                return end
            }
            return .init(delay: max(.zero, (until ?? now) - now))
        }
    }

    @Test(arguments: [1, 256])
    func everyRequestThatWasDueInAStallCounts(connections: Int) async throws {
        let server = try await stallingServer()
        let figures = try await run(server, .open(rate: 200), mix: "item=1", seconds: 1.5) { $0.connections = connections }
        await server.close()
        let item = try #require(figures.operations[.item])
        #expect(item.answered.count == 300 && figures.errorCount == 0)
        // 100 were due in the half second; those of its first 400 ms waited for 100 ms and more.
        #expect(item.answered.count(above: 99) >= 75, "\(item.answered.count(above: 99))")
        #expect(item.answered.maximum >= 480)
        if connections == 1 { #expect(figures.foundNoConnection > 50) }
    }

    @Test func aClosedLoopHidesTheStall() async throws {
        let server = try await stallingServer()
        let figures = try await run(server, .closed(count: 1), mix: "item=1", seconds: 1)
        await server.close()
        // The reason for all this: the same stall, and one single request that says so.
        #expect(try #require(figures.operations[.item]).answered.count(above: 300) <= 2)
        #expect(figures.askedRate == nil && figures.requestCount > 100)
    }

    @Test func warmingUpDoesNotCount() async throws {
        let server = try await LoadTestServer { _ in .init() }
        let figures = try await run(server, .open(rate: 100), mix: "item=1", seconds: 0.5, warmUp: 0.5)
        #expect(figures.requestCount == 50 && server.requests.count == 100)
        #expect(figures.lateness.count == 50 && figures.sentRequests == 100)
        #expect(server.requests.allSatisfy { $0.headers["Authorization"] == ["Bearer secret"] })
        await server.close()
    }

    @Test func refusalsAreCountedAndTheLoadGoesOn() async throws {
        let server = try await LoadTestServer { request in
            switch request.number % 4 {
            case 0: .init(status: 503, headers: [("Retry-After", "30")], body: #"{"status":503,"code":"queue_full"}"#)
            case 1: .init(status: 429, headers: [("Retry-After", "30")], body: #"{"code": "too_many_requests"}"#)
            case 2: .init(hangsUp: true)
            default: .init(closes: true)
            }
        }
        let figures = try await run(server, .open(rate: 100), mix: "item=1", seconds: 1) { $0.connections = 1 }
        await server.close()
        let item = try #require(figures.operations[.item])
        #expect(item.errors[.status(503, code: "queue_full")] == 25 && item.errors[.status(429, code: "too_many_requests")] == 25)
        #expect(item.errors[.failure(.connectionLost)] == 25 && item.good[.status(200, code: nil)] == 25)
        #expect(item.errors(withStatus: 503) == 25 && item.failed.count == 75 && figures.answeredInTime <= 25)
        #expect(figures.openedConnections >= 50)
    }

    @Test func whatIsNeverAnsweredTimesOut() async throws {
        let server = try await LoadTestServer { $0.number < 5 ? .init(delay: .seconds(60)) : .init() }
        let figures = try await run(server, .open(rate: 50), mix: "item=1", seconds: 0.4) { $0.timeout = .milliseconds(300) }
        await server.close()
        let item = try #require(figures.operations[.item])
        #expect(item.errors[.failure(.timedOut)] == 5 && item.answered.count == 15)
        #expect(item.failed.percentile(50) >= 300)
    }

    @Test func aServiceThatIsAwayIsAnErrorForEachRequest() async throws {
        let server = try await LoadTestServer { _ in .init() }
        await server.close()
        let figures = try await run(server, .open(rate: 100), mix: "item=1", seconds: 0.3)
        #expect(figures.operations[.item]?.errors[.failure(.notConnected)] == 30)
    }

    @Test(arguments: LoadSettings.FollowMethod.allCases)
    func followsJobsToTheirEnd(method: LoadSettings.FollowMethod) async throws {
        let asked = Mutex<[String: Int]>([:])
        let server = try await LoadTestServer { request in
            guard request.path.hasPrefix("/v1/jobs/") else {
                return .init(status: 202, headers: [("Location", "/v1/jobs/j\(request.number)")])
            }
            let times = asked.withLock { asked in
                asked[request.path, default: 0] += 1
                return asked[request.path] ?? 0
            }
            if times == 1 { return .init(status: 503) }
            if request.path.hasSuffix("/events") {
                return .init(body: "id: 0\nevent: queued\ndata: {}\n\nid: 9\nevent: succeeded\ndata: {\"status\":\"x\"}\n\n")
            }
            return .init(body: #"{"id": "j", "status" : "\#(times < 4 ? "running" : "succeeded")"}"#, delay: .milliseconds(20))
        }
        let figures = try await run(server, .open(rate: 100), mix: "rate=1", seconds: 0.2) { $0.followBy = method }
        let jobs = try #require(figures.jobs[.ratings])
        #expect(jobs.accepted == 20 && jobs.followed == 20 && jobs.ended == ["succeeded": 20] && jobs.unfinished == 0)
        #expect(jobs.followErrors == 20 && jobs.isSound && figures.lastJobSeconds != nil)
        // The refusal alone costs a quarter of a second.
        #expect(jobs.latencies.percentile(50) >= 250)
        let waits = server.requests.filter { $0.path.hasPrefix("/v1/jobs/") }.map { $0.headers["Prefer"] }
        #expect(waits.allSatisfy { $0 == (method == .wait ? ["wait=20"] : []) })
        await server.close()
    }

    @Test func jobsThatDoNotEndAreNotForgotten() async throws {
        let server = try await LoadTestServer { request in
            guard request.path.hasPrefix("/v1/jobs/") else {
                return .init(status: 202, headers: [("Location", "/v1/jobs/\(request.number % 2 == 0 ? "slow" : "gone")")])
            }
            return request.path == "/v1/jobs/gone"
                ? .init(status: 404) : .init(body: #"{"status":"queued"}"#, delay: .milliseconds(50))
        }
        let figures = try await run(server, .open(rate: 50), mix: "recommend-later=1", seconds: 0.2) {
            $0.drain = .milliseconds(300)
        }
        await server.close()
        let jobs = try #require(figures.jobs[.recommendations])
        #expect(jobs.accepted == 10 && jobs.unfinished > 0 && !jobs.isSound && figures.lastJobSeconds == nil)
        #expect(jobs.followed == 10 && jobs.ended.keys.allSatisfy { $0 == "unknown" })
    }

    @Test func recommendationsThatAreWaitedForAreJobs() async throws {
        let server = try await LoadTestServer { request in
            switch request.number % 3 {
            case 0: .init(headers: [("Content-Location", "/v1/jobs/a")])
            case 1: .init(status: 500, body: #"{"code":"job_failed"}"#)
            default: .init(status: 503, body: #"{"code":"job_expired"}"#)
            }
        }
        let figures = try await run(server, .open(rate: 50), mix: "recommend=1", seconds: 0.6)
        #expect(figures.jobs[.recommendations]?.ended == ["succeeded": 10, "failed": 10, "expired": 10])
        #expect(server.requests.allSatisfy { $0.headers["Prefer"] == ["wait=10"] && $0.method == .POST })
        await server.close()
    }

    @Test func writesDownWhatWasAccepted() async throws {
        let server = try await LoadTestServer { request in
            if request.path.hasPrefix("/v1/jobs/") { return .init(body: #"{"status":"succeeded"}"#) }
            return request.number % 2 == 0
                ? .init(
                    status: 202, headers: [("Location", "/v1/jobs/j\(request.number)")], body: #"{"request":{"version":"17"}}"#)
                : .init(hangsUp: true)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "load-\(UUID().uuidString)").path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try await run(server, .open(rate: 50), mix: "rate=1", seconds: 0.4, log: path) { $0.follow = 0 }
        await server.close()
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let objects = try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        let accepted = objects.filter { $0["status"] as? Int == 202 }
        #expect(objects.count == 20 && accepted.count + objects.count { $0["status"] is NSNull } == 20 && accepted.count >= 5)
        for line in accepted {
            #expect((line["job"] as? String)?.hasPrefix("j") == true && line["version"] as? String == "17")
            #expect((line["user"] as? String)?.hasPrefix("u") == true && line["rating"] is Double && line["due"] is String)
        }
    }

    @Test func endsEarlyWithWhatWasMeasured() async throws {
        let server = try await LoadTestServer { _ in .init() }
        let target = try LoadTarget(url: "http://127.0.0.1:\(server.port)/")
        let session = try await LoadSession(LoadSettings(), target, Self.population)
        async let running = session.run(LoadPhase(pace: .open(rate: 200), warmUp: .zero, duration: .seconds(3600)))
        while try await (session.snapshot?.answered ?? 0) < 20 { await Task.yield() }
        session.stop()
        let figures = try await running
        #expect(figures.wasInterrupted && figures.requestCount >= 20 && figures.seconds < 3600)
        await session.close()
        await server.close()
    }
}
