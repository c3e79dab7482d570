import Foundation
import Jobs
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// What Redis refuses, and how the connection deals with it.
@Suite(.timeLimit(.minutes(2))) struct RedisErrorTests {
    @Test(
        arguments: [
            ("LOADING Redis is loading the dataset in memory", .unavailable), ("OOM command not allowed", .unavailable),
            ("READONLY You can't write", .unavailable), ("MISCONF Errors writing", .unavailable),
            ("BUSY running a script", .unavailable),
            ("MASTERDOWN Link", .unavailable), ("NOREPLICAS Not enough", .unavailable), ("TRYAGAIN Multiple keys", .unavailable),
            ("CLUSTERDOWN Hash slot", .unavailable), ("NOAUTH Authentication required.", .rejected),
            ("WRONGPASS invalid", .rejected),
            ("NOPERM this user", .rejected), ("WRONGTYPE Operation", .rejected), ("ERR unknown command", .rejected),
            ("SOMETHING new", .rejected), ("", .rejected),
        ] as [(String, StorageError.Code)])
    func anErrorReplyIsSaidByItsFirstWordOnly(_ reply: String, _ code: StorageError.Code) async throws {
        let server = FakeRedis { peer, _ in
            peer.welcome()
            _ = peer.command()
            peer.write("-\(reply)\r\n")
            peer.echo()
        }
        defer { server.stop() }
        let connection = server.connection()
        let error = try await storageError { _ = try await connection.send(["SET", "k", "secret"]) }
        #expect(error?.code == code)
        #expect(error?.reply == String(reply.prefix { $0 != " " }))
        #expect(error?.isRetriable == (code == .unavailable))
        #expect(error?.message.contains("command") == false)
        await connection.close()
    }

    @Test func anErrorInAPipelineLeavesTheOtherAnswers() async throws {
        let server = FakeRedis { peer, _ in
            peer.welcome()
            peer.write("+a\r\n-ERR no\r\n+c\r\n")
            peer.echo()
        }
        defer { server.stop() }
        let connection = server.connection()
        let replies = try await connection.send([["A"], ["B"], ["C"]])
        #expect(replies == [.status("a"), .error(RedisErrorReply(message: "ERR no")), .status("c")])
        #expect(server.accepted == 1)
        await connection.close()
    }

    @Test func aServerThatBecameReadOnlyIsLeft() async throws {
        let server = FakeRedis { peer, number in
            peer.welcome()
            guard number == 0 else { return peer.echo() }
            _ = peer.command()
            peer.write("-READONLY You can't write against a read only replica.\r\n")
            peer.ignore()
        }
        defer { server.stop() }
        let connection = server.connection()
        #expect(try await storageErrorCode { _ = try await connection.send(["SET", "k", "v"]) } == .unavailable)
        #expect(try await connection.send(["ECHO", "x"]).text == "x")
        #expect(server.accepted == 2)
        await connection.close()
    }

    @Test func aForgottenScriptIsLoadedAndRepeatedWithinItsPipeline() async throws {
        let log = Mutex<[String]>([])
        let server = FakeRedis { peer, _ in
            peer.welcome()
            while let words = peer.command() {
                let isLoaded = log.withLock { log in
                    defer { log.append(words.prefix(words[0] == "ECHO" ? 2 : 1).joined(separator: " ")) }
                    return log.contains("SCRIPT")
                }
                switch words[0] {
                case "EVALSHA": peer.write(isLoaded ? "+done\r\n" : "-NOSCRIPT No matching script.\r\n")
                case "SCRIPT": peer.write("+digest\r\n")
                default: peer.write("+\(words[1])\r\n")
                }
            }
        }
        defer { server.stop() }
        let connection = server.connection()
        let script = RedisCommand(.saveList, key: .job(.random()), arguments: ["a", "1"])
        let replies = try await connection.send([["ECHO", "1"], script, ["ECHO", "2"]])
        #expect(replies == [.status("1"), .status("done"), .status("2")])
        #expect(log.withLock { $0 } == ["ECHO 1", "EVALSHA", "ECHO 2", "SCRIPT", "EVALSHA"])
        #expect(try await connection.send(script) == .status("done"))
        await connection.close()
    }

    @Test func aScriptThatCannotBeLoadedIsRejected() async throws {
        let server = FakeRedis { peer, _ in
            peer.welcome()
            while peer.command() != nil { peer.write("-NOSCRIPT No matching script.\r\n") }
        }
        defer { server.stop() }
        let connection = server.connection()
        let script = RedisCommand(.saveList, key: .job(.random()), arguments: ["a", "1"])
        let error = try await storageError { _ = try await connection.send(script) }
        #expect(error?.code == .rejected && error?.reply == "NOSCRIPT")
        await connection.close()
    }

    @Test func logsInBeforeAnythingElse() async throws {
        let log = Mutex<[[String]]>([])
        let server = FakeRedis { peer, _ in
            while let words = peer.command() {
                log.withLock { $0.append(words) }
                peer.write(words[0] == "CLIENT" ? "-NOPERM no\r\n" : "+OK\r\n")
            }
        }
        defer { server.stop() }
        let connection = server.connection {
            $0.user = "worker"
            $0.password = "pass word"
            $0.database = 3
        }
        #expect(try await connection.send(["PING"]).text == "OK")
        let scripts = RedisScript.allCases.map { ["SCRIPT", "LOAD", $0.source] }
        let expected =
            [["AUTH", "worker", "pass word"], ["SELECT", "3"], ["CLIENT", "SETNAME", "kindred"]] + scripts + [["PING"]]
        #expect(log.withLock { $0 } == expected)
        await connection.close()
    }

    @Test func sendsNothingWhenTheLoginIsRefused() async throws {
        let log = Mutex<[String]>([])
        let server = FakeRedis { peer, number in
            while let words = peer.command() {
                log.withLock { $0.append(words[0]) }
                peer.write(words[0] == "AUTH" && number == 0 ? "-WRONGPASS invalid username-password pair\r\n" : "+OK\r\n")
            }
        }
        defer { server.stop() }
        let connection = server.connection { $0.password = "wrong" }
        let error = try await storageError { _ = try await connection.send(["SET", "k", "v"]) }
        #expect(error?.code == .connectionFailed && error?.reply == "WRONGPASS")
        #expect(log.withLock { $0.contains("SET") } == false)
        #expect(try await eventually { (try? await connection.send(["PING"])) != nil })
        await connection.close()
    }

    @Test func aLoginThatIsNeverAnsweredFailsInTime() async throws {
        let server = FakeRedis { peer, number in
            guard number == 0 else {
                peer.welcome()
                return peer.echo()
            }
            peer.ignore()
        }
        defer { server.stop() }
        let connection = server.connection { $0.connectTimeout = .milliseconds(200) }
        let start = ContinuousClock.now
        #expect(try await storageErrorCode { _ = try await connection.send(["PING"]) } == .connectionFailed)
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(try await eventually { (try? await connection.send(["ECHO", "x"]).text) == "x" })
        await connection.close()
    }

    @Test func failsFastBetweenDials() async throws {
        let server = FakeRedis { _, _ in }  // hangs up at once
        defer { server.stop() }
        let connection = server.connection()
        for _ in 0..<1000 {
            #expect(try await storageErrorCode { _ = try await connection.send(["PING"]) } == .connectionFailed)
        }
        #expect(server.accepted < 200)
        await connection.close()
    }

    @Test func aPortThatNobodyListensToIsNoConnection() async throws {
        let connection = RedisConnection(.test(port: 1), logger: .silent)
        let error = try await storageError { _ = try await connection.send(["PING"]) }
        #expect(error?.code == .connectionFailed && error?.isRetriable == true)
        await connection.close()
        #expect(try await storageErrorCode { _ = try await connection.send(["PING"]) } == .closed)
    }
}
