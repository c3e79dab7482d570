import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// The connection against a server that misbehaves as told.
@Suite(.timeLimit(.minutes(2))) struct RedisConnectionTests {
    @Test func readsEveryKindOfReplyByteByByte() async throws {
        let reply = "*7\r\n$-1\r\n:-42\r\n+fine\r\n$5\r\na\r\n\u{0}b\r\n*-1\r\n*2\r\n$0\r\n\r\n:0\r\n-WRONGTYPE no\r\n"
        let server = FakeRedis { peer, _ in
            peer.welcome()
            _ = peer.command()
            for character in reply.unicodeScalars { peer.write(String(character)) }
            peer.echo()
        }
        defer { server.stop() }
        let connection = server.connection()
        let expected = RedisReply.array([
            .null, .integer(-42), .status("fine"), .string(Array("a\r\n\u{0}b".utf8)[...]), .null,
            .array([.string([]), .integer(0)]),
            .error(RedisErrorReply(message: "WRONGTYPE no")),
        ])
        #expect(try await connection.send(["GET", "x"]) == expected)
        #expect(try await connection.send(["ECHO", "next"]) == .string(Array("next".utf8)[...]))
        await connection.close()
    }

    @Test func sendsWordsAsTheyAre() async throws {
        let server = FakeRedis { peer, _ in
            peer.welcome()
            peer.echo()
        }
        defer { server.stop() }
        let connection = server.connection()
        for bytes in [[], [0], Array("\r\n".utf8), Array("*1\r\n$4\r\nQUIT\r\n".utf8), Array(repeating: 120, count: 3_000_000)] {
            #expect(try await connection.send(["ECHO", .bytes(bytes)]) == .string(bytes[...]))
        }
        #expect(server.accepted == 1)
        await connection.close()
    }

    @Test func sendsTheCommandsOfManyCallersWithoutWaitingForAnswers() async throws {
        let server = FakeRedis { peer, _ in
            peer.welcome()
            let commands = (0..<100).compactMap { _ in peer.command() }  // answers nothing before it has them all
            for command in commands { peer.write("+\(command[1])\r\n") }
            peer.ignore()
        }
        defer { server.stop() }
        let connection = server.connection()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<98 {
                group.addTask {
                    let reply = try await connection.send(["ECHO", "\(number)"])
                    #expect(reply == .status("\(number)"))
                }
            }
            group.addTask {
                let replies = try await connection.send([["ECHO", "a"], ["ECHO", "b"]])
                #expect(replies == [.status("a"), .status("b")])
            }
            try await group.waitForAll()
        }
        await connection.close()
    }

    @Test(arguments: ["", "$10\r\nhalf", "$10\r\nhalf", "*2\r\n+one\r\n", "gibberish\r\n"])
    func givesUpAfterHalfAReplyAndDialsAnew(_ half: String) async throws {
        let server = FakeRedis { peer, number in
            peer.welcome()
            guard number == 0 else { return peer.echo() }
            _ = peer.command()
            peer.write(half)
        }
        defer { server.stop() }
        let connection = server.connection()
        let error = try await storageError { _ = try await connection.send(["GET", "x"]) }
        #expect(error?.code == .connectionLost)
        #expect(try await connection.send(["ECHO", "x"]).text == "x")
        #expect(server.accepted == 2)
        await connection.close()
    }

    @Test func tellsEveryoneInFlightOnceThatTheOutcomeIsUnknown() async throws {
        let server = FakeRedis { peer, number in
            peer.welcome()
            guard number == 0 else { return peer.echo() }
            for _ in 0..<50 { _ = peer.command() }
            peer.write("+first\r\n+second\r\n")
        }
        defer { server.stop() }
        let connection = server.connection()
        let codes = try await withThrowingTaskGroup(of: StorageError.Code?.self) { group in
            for number in 0..<50 {
                group.addTask { try await storageErrorCode { _ = try await connection.send(["ECHO", "\(number)"]) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 2)
        #expect(codes.count { $0 == .connectionLost } == 48)
        #expect(try await connection.send(["ECHO", "x"]).text == "x")
        await connection.close()
    }

    @Test(arguments: [false, true]) func aPeerThatDoesNotAnswerInTimeIsLeft(_ drips: Bool) async throws {
        let server = FakeRedis { peer, number in
            peer.welcome()
            guard number == 0 else { return peer.echo() }
            _ = peer.command()
            guard drips else { return peer.ignore() }
            peer.write("$1000\r\n")
            for _ in 0..<1000 {
                peer.write("x")
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
        defer { server.stop() }
        let connection = server.connection { $0.commandTimeout = .milliseconds(300) }
        let start = ContinuousClock.now
        let error = try await storageError { _ = try await connection.send(["GET", "x"]) }
        let time = ContinuousClock.now - start
        #expect(error?.code == .connectionLost)
        #expect(time >= .milliseconds(300) && time < .seconds(5))
        #expect(try await eventually { (try? await connection.send(["ECHO", "x"]).text) == "x" })
        await connection.close()
    }

    @Test func aCancelledCallerDoesNotShiftTheAnswersOfOthers() async throws {
        let mayAnswer = DispatchSemaphore(value: 0)
        let server = FakeRedis { peer, _ in
            peer.welcome()
            let commands = (0..<20).compactMap { _ in peer.command() }
            mayAnswer.wait()
            for command in commands { peer.write("+\(command[1])\r\n") }
            peer.ignore()
        }
        defer { server.stop() }
        let connection = server.connection()
        let tasks = (0..<20).map { number in Task { try await connection.send(["ECHO", "\(number)"]).text } }
        for task in tasks.prefix(10) { task.cancel() }
        mayAnswer.signal()
        for (number, task) in tasks.enumerated() { #expect(try await task.value == "\(number)") }
        await connection.close()
    }

    @Test func refusesMoreThanMayWait() async throws {
        let mayAnswer = DispatchSemaphore(value: 0)
        let server = FakeRedis { peer, _ in
            peer.welcome()
            mayAnswer.wait()
            peer.echo()
        }
        defer { server.stop() }
        let connection = server.connection { $0.maximumWaiting = 3 }
        let codes = try await withThrowingTaskGroup(of: StorageError.Code?.self) { group in
            for number in 0..<8 {
                group.addTask { try await storageErrorCode { _ = try await connection.send(["ECHO", "\(number)"]) } }
            }
            var codes: [StorageError.Code?] = []
            for try await code in group {
                codes.append(code)
                if codes.count == 5 { mayAnswer.signal() }
            }
            return codes
        }
        #expect(codes == Array(repeating: .unavailable, count: 5) + [nil, nil, nil])
        #expect(try await connection.send(["ECHO", "x"]).text == "x")
        await connection.close()
    }

    @Test func answersWhatNobodyAskedForMakesItDialAnew() async throws {
        let server = FakeRedis { peer, number in
            peer.welcome()
            guard number == 0 else { return peer.echo() }
            _ = peer.command()
            peer.write("+mine\r\n+whose\r\n")
            peer.ignore()
        }
        defer { server.stop() }
        let connection = server.connection()
        #expect(try await connection.send(["ECHO", "mine"]).text == "mine")
        #expect(try await eventually { (try? await connection.send(["ECHO", "x"]).text) == "x" })
        await connection.close()
    }

    @Test func closingLetsWhatIsOnItsWayBeAnswered() async throws {
        let (isAsked, mayAnswer) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let server = FakeRedis { peer, _ in
            peer.welcome()
            _ = peer.command()
            isAsked.signal()
            mayAnswer.wait()
            peer.write("+late\r\n")
            peer.ignore()
        }
        defer { server.stop() }
        let connection = server.connection()
        let answer = Task { try await connection.send(["GET", "x"]).text }
        #expect(try await eventually { isAsked.wait(timeout: .now()) == .success })
        let closing = Task { await connection.close() }
        #expect(try await eventually { await connection.isClosed })
        #expect(try await storageErrorCode { _ = try await connection.send(["PING"]) } == .closed)
        mayAnswer.signal()
        #expect(try await answer.value == "late")
        await closing.value
        await connection.close()
    }

    @Test func aConnectionThatNobodyHoldsIsFreed() async throws {
        let isGone = Atomic<Bool>(false)
        let server = FakeRedis { peer, _ in
            peer.welcome()
            peer.echo()
            isGone.store(true, ordering: .sequentiallyConsistent)
        }
        defer { server.stop() }
        do {
            let connection = server.connection()
            #expect(try await connection.send(["ECHO", "x"]).text == "x")
        }
        #expect(try await eventually { isGone.load(ordering: .sequentiallyConsistent) })
    }
}
