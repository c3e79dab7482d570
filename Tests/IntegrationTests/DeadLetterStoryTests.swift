import Foundation
import Jobs
import Logging
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

/// The commands for dead letters and for the stream, as an operator calls them, with a real broker and a real Redis.
@Suite(
    .serialized, .timeLimit(.minutes(2)),
    .enabled(if: TestServers.running != nil, "RabbitMQ and Redis are not running: start the tests with ./test.sh"))
struct DeadLetterStoryTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let rabbitMQ: RabbitMQConfiguration
    private let redis: RedisConfiguration
    private let environment: [String: String]

    init() throws {
        let servers = try #require(TestServers.running)
        var rabbitMQ = RabbitMQConfiguration()
        rabbitMQ.port = try #require(Int(servers.rabbitMQPort))
        rabbitMQ.prefix = "test-\(JobID.random())."
        self.rabbitMQ = rabbitMQ
        var redis = RedisConfiguration()
        redis.port = try #require(Int(servers.redisPort))
        redis.database = Int.random(in: 1...15)
        self.redis = redis
        environment = [
            "REDIS_HOST": "127.0.0.1", "REDIS_PORT": servers.redisPort, "REDIS_DATABASE": "\(redis.database)",
            "RABBITMQ_HOST": "127.0.0.1", "RABBITMQ_PORT": servers.rabbitMQPort, "RABBITMQ_PREFIX": rabbitMQ.prefix,
        ]
    }

    private func kindred(_ arguments: String...) async throws -> (code: Int32, json: [String: Any], text: String) {
        let program = try Program(
            "kindred", arguments: arguments, environment: environment, folder: FileManager.default.temporaryDirectory)
        try #require(await program.waitUntilEnded(within: .seconds(60)) != nil, "\(arguments) did not end: \(program.log)")
        let text = program.log
        return (program.exitCode, (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:], text)
    }

    private func rating(_ user: String, item: String = "1", version: UInt64 = 1) throws -> Job {
        let update = RatingUpdate(item: try ItemID(item), rating: 4.5, version: RatingVersion(milliseconds: version, origin: 1))
        return Job(
            id: .random(), createdAt: .now, task: .updateRatings(user: try UserID(user), updates: [update], refresh: false))
    }

    @Test func deadLettersAreListedDoneAgainAndDiscarded() async throws {
        let queue = RabbitMQJobQueue(rabbitMQ, logger: logger)
        let storage = RedisStorage(redis, logger: logger)
        var dead: [String: Job] = [:]
        for user in ["ada", "bob", "cyd"] {
            let job = try rating(user)
            dead[user] = job
            try await queue.enqueue(job)
            var record = JobRecord(of: job)
            record.status = .failed
            _ = try await storage.advance(to: record)
        }
        try await kill(3)
        let listed = try await kindred("jobs", "dead", "list", "--json")
        #expect(listed.code == 0 && (listed.json["deadLetters"] as? [Any])?.count == 3, "\(listed.text)")
        let table = try await kindred("jobs", "dead", "list", "--user", "bob")
        #expect(table.code == 0 && table.text.contains("1 of 3 dead letters") && !table.text.contains("ada"), "\(table.text)")
        let bob = try #require(dead["bob"])
        let shown = try await kindred("jobs", "dead", "show", bob.id.rawValue)
        #expect(shown.code == 0 && shown.text.contains("1 = 4.5") && shown.text.contains("rejected"), "\(shown.text)")
        #expect(try await kindred("jobs", "dead", "show", JobID.random().rawValue).code == 2)

        let requeued = try await kindred("jobs", "dead", "requeue", "--user", "bob", "--json")
        let pair = try #require((requeued.json["requeued"] as? [[String: String]])?.first, "\(requeued.text)")
        #expect(requeued.code == 0 && pair["id"] == bob.id.rawValue)
        let newID = try #require(pair["newID"].flatMap { JobID($0) })
        #expect(try await storage.record(of: newID)?.status == .queued)
        #expect(try await storage.record(of: bob.id)?.status == .failed)
        let source = RabbitMQJobSource(rabbitMQ, logger: logger)
        var delivery: JobDelivery?
        while delivery == nil {
            // Obituaries may be there too; they are not what is waited for.
            delivery = try await source.next().first { $0.death == nil }
        }
        let again = try #require(delivery)
        #expect(again.job.id == newID && again.job.task == bob.task)
        again.settle(as: .acknowledge)
        await source.close()
        // Asked again, there is nothing left to do.
        let repeated = try await kindred("jobs", "dead", "requeue", "--user", "bob", "--json")
        #expect(repeated.code == 0 && (repeated.json["requeued"] as? [Any])?.isEmpty == true, "\(repeated.text)")

        let discarded = try await kindred("jobs", "dead", "discard", "--reason", "rejected", "--limit", "1", "--yes", "--json")
        #expect(discarded.code == 0 && discarded.json["discarded"] as? Int == 1, "\(discarded.text)")
        #expect((try await kindred("jobs", "dead", "list", "--json").json["deadLetters"] as? [Any])?.count == 1)
        let rest = try await kindred("jobs", "dead", "discard", "--all", "--yes", "--json")
        #expect(rest.json["discarded"] as? Int == 1)
        #expect(try await kindred("jobs", "dead", "list").text.contains("There are no dead letters."))
        await queue.close()
        await storage.close()
        try await RabbitMQRemoval.delete(of: rabbitMQ)
    }

    @Test func profilesComeBackFromTheStreamAfterRedisHasLostThem() async throws {
        let queue = RabbitMQJobQueue(rabbitMQ, logger: logger)
        let storage = RedisStorage(redis, logger: logger)
        let source = RabbitMQJobSource(rabbitMQ, logger: logger)
        let users = try (0..<20).map { try UserID("replay-\($0)") }
        for number in 0..<200 {
            // Versions go up and down, so that the order of the stream decides nothing.
            let job = try rating(users[number % 20].rawValue, item: "\(number % 7)", version: UInt64(number * 7919 % 211 + 1))
            try await queue.enqueue(job)
            let delivery = try #require(try await source.next().first)
            guard case .updateRatings(let user, let updates, _) = delivery.job.task else { continue }
            _ = try await storage.apply(updates, for: user)
            delivery.settle(as: .acknowledge)
        }
        await source.close()
        var before: [UserID: LiveProfile] = [:]
        for user in users { before[user] = try await storage.profile(of: user) }

        try await flush()
        #expect(try await storage.profile(of: users[0]).updates.isEmpty)
        let dry = try await kindred("ratings", "replay", "--since", "first", "--dry-run", "--json")
        #expect(dry.code == 0 && dry.json["read"] as? Int == 200, "\(dry.text)")
        #expect(try await storage.profile(of: users[0]).updates.isEmpty)

        let replayed = try await kindred("ratings", "replay", "--since", "first", "--json")
        #expect(replayed.code == 0 && replayed.json["lastOffset"] as? Int == 199, "\(replayed.text)")
        for user in users { #expect(try await storage.profile(of: user) == before[user]) }
        let again = try await kindred("ratings", "replay", "--since", "1h", "--json")
        #expect(again.json["applied"] as? Int == 0 && again.json["alreadyKnown"] as? Int == 200, "\(again.text)")
        try await leave(users[0], by: queue)
        try await flush()
        let rest = try await kindred("ratings", "replay", "--since", "first", "--json")
        #expect(rest.json["removed"] as? Int == 1 && rest.json["undecodable"] as? Int == 0, "\(rest.text)")
        #expect(try await storage.profile(of: users[0]).updates.isEmpty)
        #expect(try await storage.profile(of: users[1]) == before[users[1]])
        let part = try await kindred("ratings", "replay", "--since", "150", "--until", "159", "--json")
        #expect(part.json["read"] as? Int == 10, "\(part.text)")
        await queue.close()
        await storage.close()
        try await RabbitMQRemoval.delete(of: rabbitMQ)
    }

    private func leave(_ user: UserID, by queue: RabbitMQJobQueue) async throws {
        try await queue.enqueue(Job(id: .random(), createdAt: .now, task: .removeUser(user)))
    }

    /// Discards the jobs that wait, and sees them dead.
    private func kill(_ count: Int) async throws {
        let source = RabbitMQJobSource(rabbitMQ, logger: logger)
        var discarded = 0
        while discarded < count {
            let deliveries = try await source.next()
            try #require(!deliveries.isEmpty)
            for delivery in deliveries {
                delivery.settle(as: delivery.death == nil ? .discard : .acknowledge)
                if delivery.death == nil { discarded += 1 }
            }
        }
        await source.close()
        let isDead = try await eventually(within: .seconds(15)) {
            try await RabbitMQServerInfo.read(from: rabbitMQ).queues.first { $0.name.hasSuffix("jobs.dead") }?.messageCount
                == count
        }
        #expect(isDead)
    }

    private func flush() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/redis-cli")
        process.arguments = ["-p", "\(redis.port)", "-n", "\(redis.database)", "FLUSHDB"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
