import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Messaging

@Suite(.enabled(if: TestBroker.isAvailable, TestBroker.advice), .timeLimit(.minutes(2)), .serialized)
struct RatingLogTests {
    private func log(_ configuration: RabbitMQConfiguration, from start: RatingLogStart) -> RatingLog.Iterator {
        RatingLog(configuration, from: start, logger: TestBroker.logger).makeAsyncIterator()
    }

    private func read(_ count: Int, of iterator: RatingLog.Iterator) async throws -> [RatingLogEntry] {
        var iterator = iterator
        var entries: [RatingLogEntry] = []
        while entries.count < count, let batch = try await iterator.next() { entries += batch }
        return entries
    }

    private func withBroker(_ body: (TestBroker, RabbitMQJobQueue) async throws -> Void) async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        #expect(try await eventually { queue.isConnected })
        let result = await Result { try await body(broker, queue) }
        await queue.close()
        try await broker.cleanUp()
        try result.get()
    }

    @Test func readsEverythingInOrderAndWaitsForMore() async throws {
        try await withBroker { broker, queue in
            for number in 0..<300 { try await queue.enqueue(try TestJobs.rating("user-\(number)")) }
            let log = log(broker.configuration, from: .first)
            let entries = try await read(300, of: log)
            #expect(entries.map(\.offset) == Array(0..<300))
            #expect(entries.map { $0.ratings?.user.rawValue } == (0..<300).map { "user-\($0)" })
            #expect(entries.allSatisfy { $0.ratings?.updates.count == 1 && $0.moment != nil })
            async let later = read(1, of: log)
            try await queue.enqueue(try TestJobs.rating("late"))
            #expect(try await later.map { $0.ratings?.user.rawValue } == ["late"])
        }
    }

    @Test func beginsWhereItIsTold() async throws {
        try await withBroker { broker, queue in
            for number in 0..<50 { try await queue.enqueue(try TestJobs.rating("user-\(number)")) }
            #expect(try await read(10, of: log(broker.configuration, from: .offset(40))).map(\.offset) == Array(40..<50))
            // All of them are younger than that.
            let recent = log(broker.configuration, from: .moment(.now + .seconds(-3600)))
            #expect(try await read(50, of: recent).map(\.offset) == Array(0..<50))
        }
    }

    @Test func findsTheEnd() async throws {
        try await withBroker { broker, queue in
            #expect(try await RatingLog.lastEntry(in: broker.configuration) == nil)
            for number in 0..<7 { try await queue.enqueue(try TestJobs.rating("user-\(number)")) }
            let last = try await RatingLog.lastEntry(in: broker.configuration)
            #expect(last?.offset == 6 && last?.ratings?.user.rawValue == "user-6")
        }
    }

    @Test func goesOnWhereItWasWhenTheConnectionIsLost() async throws {
        try await withBroker { broker, queue in
            let proxy = TestProxy(to: broker.configuration.port)
            defer { proxy.close() }
            var configuration = broker.configuration
            configuration.port = proxy.port
            let log = log(configuration, from: .first)
            var offsets: [Int] = []
            for round in 0..<4 {
                for number in 0..<40 { try await queue.enqueue(try TestJobs.rating("user-\(round)-\(number)")) }
                offsets += try await read(40, of: log).map(\.offset)
                proxy.cut(byReset: round.isMultiple(of: 2))
            }
            #expect(offsets == Array(0..<160))
        }
    }

    @Test func passesOnWhatIsNoRatingWithoutItsContent() async throws {
        try await withBroker { broker, queue in
            let publisher = RabbitMQPublisher(broker.configuration, logger: TestBroker.logger)
            try await publisher.publish(.init(id: "poison", kind: .ratings, body: Array("no job".utf8))).get()
            try await queue.enqueue(try TestJobs.rating())
            let entries = try await read(2, of: log(broker.configuration, from: .first))
            #expect(entries[0] == RatingLogEntry(offset: 0, moment: nil, ratings: nil))
            #expect(entries[1].ratings != nil)
            await publisher.close()
        }
    }

    @Test func tellsWhoHasLeft() async throws {
        try await withBroker { broker, queue in
            let removal = try TestJobs.removal(of: "ada")
            try await queue.enqueue(removal)
            let entry = try await read(1, of: log(broker.configuration, from: .first))[0]
            let moment = Timestamp(milliseconds: removal.createdAt.milliseconds)
            #expect(entry == RatingLogEntry(offset: 0, moment: moment, ratings: nil, removedUser: try UserID("ada")))
        }
    }

    @Test func saysThatThereIsNoStream() async throws {
        let broker = TestBroker()
        var log = log(broker.configuration, from: .first)
        #expect(await code { _ = try await log.next() } == .topologyMismatch)
    }

    @Test func endsForACancelledTask() async throws {
        try await withBroker { broker, _ in
            let log = log(broker.configuration, from: .first)
            let task = Task {
                var log = log
                return try await log.next()
            }
            task.cancel()
            let ended = try await task.value
            #expect(ended == nil)
        }
    }
}
