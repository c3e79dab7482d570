import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

/// The connection and the stores against servers of the test's own, which it may kill.
@Suite(
    .enabled(if: RedisProcess.executable != nil, "redis-server is not installed, so nothing is tested against it"),
    .timeLimit(.minutes(2)))
struct RedisServerTests {
    @Test func comesBackAfterTheServerWasKilled() async throws {
        let server = try await RedisProcess(["--appendfsync", "always"])
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let user = try someUser()
        var applied = LiveProfile()
        for round in 0..<3 {
            applied = try await storage.apply([update("\(round)", 4, at: UInt64(round))], for: user)
            #expect(applied.updates.count == round + 1)
            server.kill()
            let error = try await storageError { try await storage.ping() }
            #expect(error?.code == .connectionLost || error?.code == .connectionFailed)
            #expect(error?.isRetriable == true)
            try await server.start()
            #expect(try await eventually { (try? await storage.profile(of: user)) == applied })
        }
        await storage.close()
    }

    @Test func everyCallEndsOnceWhileTheServerIsKilledUnderLoad() async throws {
        let server = try await RedisProcess()
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let ended = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<32 {
                group.addTask {
                    var ended = 0
                    while ended < 2000 {
                        do {
                            _ = try await storage.advance(to: job(.random(), .queued, attempt: caller))
                        } catch let error as StorageError {
                            guard error.isRetriable else { throw error }
                        }
                        ended += 1
                    }
                    return ended
                }
            }
            try await storage.ping()
            server.kill()
            return try await group.reduce(0, +)
        }
        #expect(ended == 64_000)
        try await server.start()
        #expect(try await eventually { (try? await storage.ping()) != nil })
        await storage.close()
    }

    @Test func scriptsThatTheServerForgotAreLoadedAgain() async throws {
        let server = try await RedisProcess()
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let user = try someUser()
        for round in 0..<5 {
            _ = try await storage.data.send(["SCRIPT", "FLUSH"])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let given = try update("\(round)/\(number)", 1, at: 1)
                        #expect(try await storage.apply([given], for: user).updates[given.item] == given)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(try await storage.profile(of: user).updates.count == 100)
        await storage.close()
    }

    @Test(arguments: RedisScript.allCases) func aScriptIsKnownByItsDigest(_ script: RedisScript) async throws {
        let server = try await RedisProcess()
        let connection = RedisConnection(.test(port: server.port), logger: .silent)
        let reply = try await connection.send(["SCRIPT", "LOAD", .text(script.source)])
        #expect(reply.text == script.digest)
        await connection.close()
    }

    @Test func logsInAsAUserAndTellsAWrongPassword() async throws {
        let server = try await RedisProcess([
            "--requirepass", "default-secret", "--user", "worker", "on", ">worker secret", "~*", "+@all",
        ])
        for (user, password, isRight) in [
            (nil, "default-secret", true), ("worker", "worker secret", true), ("worker", "wrong", false), (nil, "wrong", false),
        ] as [(String?, String, Bool)] {
            var configuration = RedisConfiguration.test(port: server.port)
            configuration.user = user
            configuration.password = password
            configuration.database = 5
            let storage = RedisStorage(configuration, logger: .silent)
            if isRight {
                try await storage.ping()
                let names = try await storage.data.send(["CLIENT", "LIST"]).text ?? ""
                #expect(names.contains("name=kindred") && names.contains("db=5"))
            } else {
                let error = try await storageError { try await storage.ping() }
                #expect(error?.code == .connectionFailed && error?.reply == "WRONGPASS")
            }
            await storage.close()
        }
        let nobody = RedisStorage(.test(port: server.port), logger: .silent)
        let error = try await storageError { try await nobody.ping() }
        #expect(error?.code == .rejected && error?.reply == "NOAUTH")
        await nobody.close()
    }

    @Test func aServerWithoutRoomIsUnavailable() async throws {
        let server = try await RedisProcess(["--maxmemory", "1", "--maxmemory-policy", "noeviction"])
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let user = try someUser()
        let error = try await storageError { _ = try await storage.apply([update("1", 1, at: 1)], for: user) }
        #expect(error?.code == .unavailable && error?.reply == "OOM")
        #expect(try await storage.profile(of: user) == LiveProfile())
        await storage.close()
    }

    @Test func aServerWithTooFewReplicasIsUnavailable() async throws {
        let server = try await RedisProcess(["--min-replicas-to-write", "1"])
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let user = try someUser()
        let error = try await storageError { try await storage.save(list(seen: nil), for: user, lifetime: .seconds(1)) }
        #expect(error?.code == .unavailable && error?.reply == "NOREPLICAS")
        await storage.close()
    }

    @Test func tellsHowTheServerKeepsWhatItIsGiven() async throws {
        let server = try await RedisProcess(["--appendfsync", "always", "--maxmemory", "100mb"])
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let info = try await storage.serverInfo(of: .data)
        #expect(info.version.first?.isNumber == true)
        #expect(info.role == "master" && info.isAppendOnly && info.appendFsync == "always")
        #expect(info.maximumMemoryPolicy == "noeviction" && info.maximumMemory == 104_857_600 && info.usedMemory > 0)
        await storage.close()
    }

    @Test func whatIsKeptExpiresWhenItShould() async throws {
        let server = try await RedisProcess()
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let (user, queued, ended) = (try someUser(), job(), job(.random(), .succeeded, attempt: 1))
        _ = try await storage.apply([update("1", 1, at: 1)], for: user)
        try await storage.save(list(seen: nil), for: user, lifetime: .seconds(500))
        for record in [queued, ended] { _ = try await storage.advance(to: record) }
        let connection = storage.data
        #expect(try await connection.send(["PTTL", RedisArgument(.profile(of: user))]) == .integer(-1))
        let lifetimes: [(RedisKey, Int64)] = [
            (.list(of: user), 500_000), (.job(queued.id), 7 * 24 * 3_600_000), (.job(ended.id), 3_600_000),
        ]
        for (key, milliseconds) in lifetimes {
            guard case .integer(let rest) = try await connection.send(["PTTL", RedisArgument(key)]) else {
                Issue.record("no time to live")
                continue
            }
            #expect(rest <= milliseconds && rest > milliseconds - 60_000)
        }
        await storage.close()
    }

    @Test(arguments: ["", "x", "000000000000000000000000", "000000000000000000000000[2]", "000000000000000000000000[1,1,\"x\"]"])
    func whatWeDidNotWriteIsCorrupted(_ value: String) async throws {
        let server = try await RedisProcess()
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let (user, id) = (try someUser(), JobID.random())
        _ = try await storage.data.send([
            ["SET", RedisArgument(.list(of: user)), .text(value)], ["SET", RedisArgument(.job(id)), .text(value)],
            ["HSET", RedisArgument(.profile(of: user)), "item", .text(value.replacing("[2]", with: "nan"))],
        ])
        #expect(try await storageErrorCode { _ = try await storage.list(for: user) } == .corrupted)
        #expect(try await storageErrorCode { _ = try await storage.record(of: id) } == .corrupted)
        #expect(try await storage.records(of: [id]) == [nil])  // so as not to cost others their answer
        if value != "000000000000000000000000" {  // a rating that was taken back
            #expect(try await storageErrorCode { _ = try await storage.profile(of: user) } == .corrupted)
        }
        await storage.close()
    }

    @Test func aKeyOfAnotherKindIsRejected() async throws {
        let server = try await RedisProcess()
        let storage = RedisStorage(.test(port: server.port), logger: .silent)
        let user = try someUser()
        _ = try await storage.data.send(["SET", RedisArgument(.profile(of: user)), "x"])
        let error = try await storageError { _ = try await storage.apply([update("1", 1, at: 1)], for: user) }
        #expect(error?.code == .rejected && error?.reply == "WRONGTYPE")
        await storage.close()
    }
}
