import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

@Suite(
    .enabled(if: RedisProcess.executable != nil, "redis-server is not installed, so nothing is tested against it"),
    .timeLimit(.minutes(2)))
struct RedisRolesTests {
    @Test func losingTheCacheLosesStatesAndListsAndNothingElse() async throws {
        let data = try await RedisProcess(["--appendfsync", "always"])
        let cache = try await RedisProcess(["--appendonly", "no", "--maxmemory-policy", "volatile-ttl"])
        let roles = RedisRoles(data: .test(port: data.port), cache: .test(port: cache.port))
        let storage = RedisStorage(roles, logger: .silent)
        let user = try someUser()
        let ended = job(.random(), .succeeded, attempt: 1, user: user)
        _ = try await storage.apply([update("1", 4, at: 1)], for: user)
        let saved = try list(seen: .at(1))
        #expect(try await storage.advance(to: [ended], saving: saved, for: user, lifetime: .seconds(60)) == [nil])

        cache.kill()
        // Ratings are taken and read while it is away.
        let lost = try await storageError { _ = try await storage.advance(to: job()) }
        #expect(lost?.isRetriable == true)
        let profile = try await storage.apply([update("2", 5, at: 2)], for: user)
        #expect(profile.updates.count == 2)

        try await cache.start()
        #expect(try await eventually { (try? await storage.ping()) != nil })
        #expect(try await storage.record(of: ended.id) == nil)
        #expect(try await storage.list(for: user) == nil)
        #expect(try await storage.profile(of: user) == profile)
        // What computes the list again finds everything it needs.
        #expect(try await storage.advance(to: [ended], saving: saved, for: user, lifetime: .seconds(60)) == [nil])
        #expect(try await storage.list(for: user) == saved)
        await storage.close()
    }

    @Test func eachKeepsWhatItsRoleIs() async throws {
        let (data, cache) = (try await RedisProcess(), try await RedisProcess())
        let roles = RedisRoles(data: .test(port: data.port), cache: .test(port: cache.port))
        let storage = RedisStorage(roles, logger: .silent)
        let user = try someUser()
        _ = try await storage.apply([update("1", 4, at: 1)], for: user)
        try await storage.save(list(seen: nil), for: user, lifetime: .seconds(60))
        _ = try await storage.advance(to: job())
        #expect(try await storage.data.send(["DBSIZE"]) == .integer(1))
        #expect(try await storage.cache.send(["DBSIZE"]) == .integer(2))
        await storage.close()
        #expect(try await storageErrorCode { try await storage.ping() } == .closed)
        #expect(try await storageErrorCode { _ = try await storage.record(of: .random()) } == .closed)
    }

    @Test func oneRedisForBothHasOneConnection() async throws {
        let server = try await RedisProcess()
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        try await storage.ping()
        _ = try await storage.record(of: .random())
        let clients = try await storage.data.send(["CLIENT", "LIST"]).text ?? ""
        #expect(clients.split(separator: "\n").count { $0.contains("name=kindred") } == 1)
        await storage.close()
    }

    @Test func anOutageIsToldOnceAndItsEndToo() async throws {
        let server = try await RedisProcess()
        let log = LogRecorder()
        let storage = RedisStorage(.test(port: server.port), logger: log.logger)
        try await storage.ping()
        #expect(log.messages.isEmpty)
        for round in 1...2 {
            server.kill()
            for _ in 0..<100 { #expect(try await storageErrorIfAny { try await storage.ping() } != nil) }
            try await server.start()
            #expect(try await eventually { (try? await storage.ping()) != nil })
            #expect(log.messages.count == 2 * round)
            #expect(log.messages.suffix(2) == ["warning: Connection to Redis lost", "info: Redis is back"])
        }
        await storage.close()
    }
}
