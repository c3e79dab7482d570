import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Messaging

/// The same broker behind TLS. Its certificate is for the name localhost and no address.
@Suite(.enabled(if: TLSFiles.port != nil && TestBroker.isAvailable, TLSFiles.advice), .timeLimit(.minutes(2)), .serialized)
struct RabbitMQTLSTests {
    @Test func publishesAndConsumes() async throws {
        let broker = try makeBroker()
        let queue = broker.makeQueue()
        let source = await broker.makeSource()
        let job = try TestJobs.rating()
        try await queue.enqueue(job)
        let delivery = try #require(await source.next())
        #expect(delivery.job == job)
        delivery.settle(as: .acknowledge)
        await source.close()
        #expect(try await broker.count(of: "ratings.apply") == 0)
        try await finish(queue, broker)
    }

    /// Each is longer than what TLS deciphers at once (16 KiB), and pieces of several come together. Whoever waits for the socket while
    /// the library or OpenSSL holds some of them waits in vain.
    @Test func manyLargeMessagesComeWithoutWaiting() async throws {
        var broker = try makeBroker()
        broker.configuration.prefetch = 100
        let queue = broker.makeQueue()
        let source = await broker.makeSource()
        for _ in 0..<3 {
            let jobs = try (0..<100).map { try largeRating("user-\($0)") }
            try await withThrowingTaskGroup { group in
                for job in jobs { group.addTask { try await queue.enqueue(job) } }
                try await group.waitForAll()
            }
            var received: [JobID: Job] = [:]
            while received.count < jobs.count {
                let delivery = try #require(await source.next())
                received[delivery.job.id] = delivery.job
                delivery.settle(as: .acknowledge)
            }
            #expect(jobs.allSatisfy { received[$0.id] == $0 })
        }
        await source.close()
        try await finish(queue, broker)
    }

    @Test func aStrangersCertificateIsRefusedAtOnce() async throws {
        var broker = try makeBroker()
        broker.configuration.tls?.authorityFile = try TLSFiles.path("stranger-ca.pem")
        try await expectRefusal(of: broker, "RABBITMQ_CA_FILE")
    }

    @Test func aCertificateForAnotherNameIsRefusedAtOnce() async throws {
        var broker = try makeBroker()
        broker.configuration.host = "127.0.0.1"
        try await expectRefusal(of: broker, "not for the name 127.0.0.1")
    }

    @Test(arguments: ["missing.pem", "openssl.log", ""]) func anUnusableAuthorityIsNamed(file: String) async throws {
        var broker = try makeBroker()
        broker.configuration.tls?.authorityFile = try TLSFiles.path(file)
        try await expectRefusal(of: broker, "RABBITMQ_CA_FILE: \(try TLSFiles.path(file))")
    }

    @Test func provesWhoWeAre() async throws {
        var broker = try makeBroker()
        broker.configuration.tls?.identity = try identity("client.pem", "client-key.pem")
        let queue = broker.makeQueue()
        try await queue.enqueue(try TestJobs.rating())
        try await finish(queue, broker)
    }

    @Test(arguments: [
        ("client.pem", "missing.pem"), ("client.pem", "stranger-key.pem"), ("client.pem", "client-locked-key.pem"),
    ]) func anUnusableIdentityIsNamed(certificate: String, key: String) async throws {
        var broker = try makeBroker()
        broker.configuration.tls?.identity = try identity(certificate, key)
        try await expectRefusal(of: broker, "RABBITMQ_KEY_FILE")
    }

    /// It tells us after our side has finished.
    @Test func theBrokerRefusesAStranger() async throws {
        var broker = try makeBroker()
        broker.configuration.tls?.identity = try identity("stranger.pem", "stranger-key.pem")
        let error = await messagingError { _ = try await RabbitMQServerInfo.read(from: broker.configuration) }
        #expect(error?.code == .disconnected)
        #expect(error?.message.contains("RABBITMQ_CERTIFICATE_FILE") == true, "\(error?.message ?? "no error")")
    }

    @Test func aPortWithoutTLSIsSaidToBeThat() async throws {
        var broker = try makeBroker()
        broker.configuration.port = try #require(TestBroker.port)
        let error = await messagingError { _ = try await RabbitMQServerInfo.read(from: broker.configuration) }
        #expect(error?.code == .disconnected)
        #expect(error?.message.contains("RABBITMQ_PORT") == true, "\(error?.message ?? "no error")")
    }

    @Test func theWatchdogCutsTheRightSocket() throws {
        var broker = try makeBroker()
        let proxy = TestProxy(to: broker.configuration.port)
        defer { proxy.close() }
        broker.configuration.port = proxy.port
        let watchdog = SocketWatchdog(look: {})
        let context = try RabbitMQContext.connect(broker.configuration, as: .inspector, watchdog: watchdog)
        proxy.set(.stall)
        watchdog.allow(.milliseconds(100))
        do {
            try context.limitPrefetch(to: 1)
            Issue.record("a silent broker answered")
        } catch {
            // What the library says when it has waited as long as it wants to.
            #expect(!error.message.contains("timed out"), "\(error)")
        }
    }

    /// In the handshake, and later.
    @Test(arguments: [false, true]) func aSilentBrokerHoldsNobody(fromTheStart: Bool) async throws {
        var broker = try makeBroker()
        let proxy = TestProxy(to: broker.configuration.port)
        defer { proxy.close() }
        let direct = broker
        let declarer = direct.makeQueue()
        try await declarer.enqueue(try largeRating("ada"))
        broker.configuration.port = proxy.port
        if fromTheStart { proxy.set(.stall) }
        let queue = broker.makeQueue()
        if !fromTheStart { try await queue.enqueue(try largeRating("ada")) }
        proxy.set(.stall)
        let start = ContinuousClock.now
        // More than the sockets take.
        let failures = try await withThrowingTaskGroup(of: Bool.self) { group in
            let job = try largeRating("ada")
            for _ in 0..<400 { group.addTask { await code { try await queue.enqueue(job) } != nil } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 400)
        #expect(.now - start < .seconds(8))
        proxy.set(.forward)
        #expect(
            try await eventually(within: .seconds(30)) {
                await code { try await queue.enqueue(try TestJobs.rating()) } == nil
            })
        await declarer.close()
        try await finish(queue, direct)
    }

    private func makeBroker() throws -> TestBroker {
        var broker = TestBroker()
        broker.configuration.host = "localhost"
        broker.configuration.port = try #require(TLSFiles.port)
        broker.configuration.tls = RabbitMQTLS(authorityFile: try TLSFiles.path("ca.pem"))
        return broker
    }

    private func identity(_ certificate: String, _ key: String) throws -> RabbitMQTLS.Identity {
        RabbitMQTLS.Identity(certificateFile: try TLSFiles.path(certificate), keyFile: try TLSFiles.path(key))
    }

    private func expectRefusal(of broker: TestBroker, _ text: String) async throws {
        let queue = broker.makeQueue()
        let error = await messagingError { try await queue.enqueue(try TestJobs.rating()) }
        #expect(error?.code == .untrusted)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "no error")")
        let source = await broker.makeSource()
        #expect(await code { _ = try await source.next() } == .untrusted)
        await source.close()
        await queue.close()
    }

    /// About 40 KB.
    private func largeRating(_ user: String) throws -> Job {
        let updates = try (0..<600).map {
            RatingUpdate(
                item: try ItemID("\($0)"), rating: 3.5, version: RatingVersion(milliseconds: 1_700_000_000_000, origin: 7))
        }
        return Job(id: .random(), createdAt: .now, task: .updateRatings(user: try UserID(user), updates: updates, refresh: true))
    }

    private func finish(_ queue: RabbitMQJobQueue, _ broker: TestBroker) async throws {
        await queue.close()
        try await RabbitMQRemoval.delete(of: broker.configuration)
    }
}

/// What `create_certificates` in scripts/lib/rabbitmq.sh has made.
private enum TLSFiles {
    static let advice: Comment = "needs RabbitMQ with TLS: see KINDRED_TEST_RABBITMQ_TLS_PORT in test.sh"
    static var port: Int? { environment["KINDRED_TEST_RABBITMQ_TLS_PORT"].flatMap { Int($0) } }
    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// A file beside the authority's certificate; the folder itself without a name.
    static func path(_ name: String) throws -> String {
        let authority = try #require(environment["KINDRED_TEST_RABBITMQ_CA"])
        let folder = URL(fileURLWithPath: authority).deletingLastPathComponent()
        return name.isEmpty ? folder.path : folder.appendingPathComponent(name).path
    }
}
