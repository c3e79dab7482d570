import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Storage

/// The way to a master that moves.
@Suite(.timeLimit(.minutes(3))) struct RedisSentinelTests {
    @Test(.enabled(if: RedisProcess.executable != nil, "redis-server is not installed"))
    func followsTheMasterThatTheSentinelsPromote() async throws {
        let master = try await RedisProcess(["--repl-diskless-sync-delay", "0"])
        let replica = try await RedisProcess(["--replicaof", "127.0.0.1", "\(master.port)"])
        let sentinels = try (0..<3).map { _ in try SentinelProcess(watching: master.port, quorum: 2) }
        for sentinel in sentinels { try await sentinel.untilItKnows(replicas: 1, others: 2) }
        var configuration = RedisConfiguration.test(port: 1)  // nobody is to dial this
        configuration.sentinels = sentinels.map(\.address)
        configuration.sentinelPassword = SentinelProcess.password
        configuration.commandTimeout = .seconds(2)
        let storage = RedisStorage(configuration, logger: .silent)
        let user = try someUser()
        for number in 0..<20 { _ = try await storage.apply([update("\(number)", 4, at: 1)], for: user) }
        #expect(try await eventually { try await storage.data.send(["WAIT", "1", "500"]) == .integer(1) })

        sentinels[0].kill()
        master.kill()
        // Down after half a second, then an election; a busy machine takes its time.
        let isBack = try await eventually(within: .seconds(60)) {
            (try? await storage.apply([update("after", 5, at: 2)], for: user)) != nil
        }
        #expect(isBack)
        #expect(try await storage.profile(of: user).updates.count == 21)
        #expect(try await storage.serverInfo(of: .data).role == "master")
        let port = try await storage.data.send(["CONFIG", "GET", "port"])
        #expect(port == .array([.string(Array("port".utf8)[...]), .string(Array("\(replica.port)".utf8)[...])]))
        await storage.close()
    }

    @Test func asksTheNextWhenOneIsSilentAndNeverAsksThatOneFirstAgain() async throws {
        let silent = FakeRedis { peer, _ in peer.ignore() }
        let master = FakeRedis { peer, number in
            peer.welcomeFromSentinels(role: "master")
            _ = peer.command()
            peer.write("+\(number)\r\n")  // and hangs up
        }
        let honest = FakeRedis.sentinel { _ in master.port }
        defer { for server in [silent, master, honest] { server.stop() } }
        let connection = master.connection {
            $0.port = 1
            $0.sentinels = [silent, honest].map { RedisAddress(host: "127.0.0.1", port: $0.port) }
        }
        for number in 0..<3 {
            #expect(try await connection.send(["GET", "x"]) == .status("\(number)"))
            // Until it has noticed that the server hung up.
            #expect(try await eventually { await !connection.isConnected })
        }
        #expect(silent.accepted == 1 && honest.accepted == 3)
        await connection.close()
    }

    @Test func writesNothingToAServerThatIsNoMasterYet() async throws {
        let replica = FakeRedis { peer, _ in
            peer.welcomeFromSentinels(role: "slave")
            #expect(peer.command() == nil)
        }
        let master = FakeRedis { peer, _ in
            peer.welcomeFromSentinels(role: "master")
            peer.echo()
        }
        let sentinel = FakeRedis.sentinel { $0 < 2 ? replica.port : master.port }
        defer { for server in [replica, master, sentinel] { server.stop() } }
        let connection = master.connection { $0.sentinels = [RedisAddress(host: "127.0.0.1", port: sentinel.port)] }
        let error = try await storageError { _ = try await connection.send(["ECHO", "x"]) }
        #expect(error?.code == .connectionFailed && error?.isRetriable == true)
        #expect(try await eventually { (try? await connection.send(["ECHO", "x"]).text) == "x" })
        #expect(replica.accepted == 2 && master.accepted == 1)
        await connection.close()
    }

    @Test func asksAgainWhenTheServerBecameReadOnly() async throws {
        let old = FakeRedis { peer, _ in
            peer.welcomeFromSentinels(role: "master")
            _ = peer.command()
            peer.write("-READONLY You can't write against a read only replica.\r\n")
            peer.ignore()
        }
        let new = FakeRedis { peer, _ in
            peer.welcomeFromSentinels(role: "master")
            peer.echo()
        }
        let sentinel = FakeRedis.sentinel { $0 == 0 ? old.port : new.port }
        defer { for server in [old, new, sentinel] { server.stop() } }
        let connection = old.connection { $0.sentinels = [RedisAddress(host: "127.0.0.1", port: sentinel.port)] }
        #expect(try await storageErrorCode { _ = try await connection.send(["SET", "k", "v"]) } == .unavailable)
        #expect(try await connection.send(["ECHO", "x"]).text == "x")
        await connection.close()
    }

    @Test func saysWhatEachSentinelSaid() async throws {
        let ignorant = FakeRedis { peer, _ in
            _ = peer.command()
            peer.write("*-1\r\n")
        }
        let closed = FakeRedis { peer, _ in
            _ = peer.command()
            peer.write("-NOAUTH Authentication required.\r\n")
        }
        defer { for server in [ignorant, closed] { server.stop() } }
        let connection = ignorant.connection {
            $0.sentinels = [ignorant, closed].map { RedisAddress(host: "127.0.0.1", port: $0.port) }
        }
        let error = try await storageError { _ = try await connection.send(["PING"]) }
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("it knows no mymaster") == true && error?.message.contains("NOAUTH") == true)
        await connection.close()
    }
}

extension FakeRedis {
    /// - Parameter master: the port of the master at each question, by the question's number.
    static func sentinel(_ master: @escaping @Sendable (Int) -> Int) -> FakeRedis {
        FakeRedis { peer, number in
            _ = peer.command()
            let port = "\(master(number))"
            peer.write("*2\r\n$9\r\n127.0.0.1\r\n$\(port.count)\r\n\(port)\r\n")
        }
    }
}

extension FakePeer {
    /// Answers the login of a connection that was sent here by sentinels.
    func welcomeFromSentinels(role: String) {
        var configuration = RedisConfiguration()
        configuration.sentinels = [RedisAddress(host: "127.0.0.1", port: 1)]
        for _ in RedisLogin(configuration).steps {
            write(command() == ["ROLE"] ? "*1\r\n$\(role.count)\r\n\(role)\r\n" : "+OK\r\n")
        }
    }
}
