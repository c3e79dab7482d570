import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Messaging

@Suite(.enabled(if: TestBroker.isAvailable, TestBroker.advice), .timeLimit(.minutes(2)))
struct DeadLetterTests {
    /// A broker with `count` dead ratings and a dead message that is no job.
    private func withDead(_ count: Int, _ body: (TestBroker) async throws -> Void) async throws {
        let broker = TestBroker()
        let queue = broker.makeQueue()
        let source = await broker.makeSource()
        let result = await Result {
            let publisher = RabbitMQPublisher(broker.configuration, logger: TestBroker.logger)
            try await publisher.publish(.init(id: "poison", kind: .ratings, body: Array("no\u{1}job".utf8))).get()
            await publisher.close()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<count { group.addTask { try await queue.enqueue(try TestJobs.rating("user-\(number)")) } }
                try await group.waitForAll()
            }
            var discarded = 0
            while discarded < count, let delivery = try await source.next() {
                if delivery.death == nil { discarded += 1 }
                delivery.settle(as: delivery.death == nil ? .discard : .acknowledge)
            }
            await source.close()
            #expect(try await eventually { try await broker.deadCount() == count + 1 })
            try await body(broker)
        }
        await queue.close()
        try await broker.cleanUp()
        try result.get()
    }

    private func all(in broker: TestBroker, then: (RabbitMQDeadLetters, [DeadLetter]) async throws -> Void = { _, _ in })
        async throws -> [DeadLetter]
    {
        let queue = RabbitMQDeadLetters(broker.configuration)
        let count = try await queue.open()
        var letters: [DeadLetter] = []
        while true {
            let batch = try await queue.next(atMost: 100)
            if batch.isEmpty { break }
            letters += batch
        }
        #expect(letters.count == count)
        try await then(queue, letters)
        try await queue.close()
        return letters
    }

    @Test func looksWithoutTakingAndSaysWhatItSaw() async throws {
        try await withDead(2) { broker in
            let letters = try await all(in: broker)
            #expect(Set(letters.compactMap { $0.jobs.first?.user?.rawValue }) == ["user-0", "user-1"])
            #expect(letters.allSatisfy { $0.death.reason == .rejected && $0.death.queue == "ratings.apply" })
            #expect(letters.allSatisfy { $0.diedAt.map { Timestamp.now.since($0) < .seconds(60) } ?? false })
            let poison = try #require(letters.first { $0.jobs.first == nil })
            guard case .undecodable(let prefix, let byteCount) = poison.content else { return }
            #expect(prefix == Array("no\u{1}job".utf8) && byteCount == 6)
            #expect(poison.id.hasPrefix("message-"))
            // Everything is there again, under the same names, as soon as it is closed.
            #expect(Set(try await all(in: broker).map(\.id)) == Set(letters.map(\.id)))
        }
    }

    @Test func theBoxForgetsWhatIsSettledAndKeepsWhatIsNot() async throws {
        try await withDead(3) { (broker) async throws in
            let box = RabbitMQDeadLetterBox(broker.configuration)
            let (letters, total) = try await box.letters(atMost: 2)
            #expect(letters.count == 2 && total == 4)
            let everything = try await box.letters(atMost: 100).letters
            let letter = try #require(everything.first { !$0.jobs.isEmpty })
            await #expect(throws: CancellationError.self) { try await box.take(letter.id) { _ in throw CancellationError() } }
            #expect(try await box.letters(atMost: 100).total == 4)
            #expect(try await box.take(letter.id) { $0.id } == letter.id)
            #expect(try await box.take(letter.id) { $0.id } == nil)
            let rest = try await box.letters(atMost: 100)
            #expect(rest.total == 3 && !rest.letters.contains { $0.id == letter.id })
        }
    }

    /// More often than any queue's delivery limit: nothing dies a second time.
    @Test func lookingAgainAndAgainHarmsNothing() async throws {
        try await withDead(3) { (broker) async throws in
            for _ in 0..<25 { #expect(try await all(in: broker).count == 4) }
        }
    }

    @Test func discardsOnlyWhatItIsTold() async throws {
        try await withDead(5) { broker in
            let letters = try await all(in: broker) { queue, letters in
                try await queue.discard(letters.filter { $0.jobs.first?.user?.rawValue != "user-3" }.map(\.tag))
            }
            #expect(letters.count == 6)
            #expect(try await all(in: broker).map { $0.jobs.first?.user?.rawValue } == ["user-3"])
        }
    }

    /// A consumer gets no more than 2000 unsettled messages of a quorum queue at a time.
    @Test func seesMoreThanOneConsumerIsGiven() async throws {
        try await withDead(4200) { (broker) async throws in
            #expect(Set(try await all(in: broker).map(\.id)).count == 4201)
            #expect(try await broker.deadCount() == 4201)
        }
    }

    @Test func givesEverythingBackWhenItDies() async throws {
        try await withDead(3) { (broker) async throws in
            let proxy = TestProxy(to: broker.configuration.port)
            var configuration = broker.configuration
            configuration.port = proxy.port
            let queue = RabbitMQDeadLetters(configuration)
            #expect(try await queue.open() == 4)
            #expect(try await queue.next().isEmpty == false)
            proxy.close()
            #expect(try await eventually { try await broker.deadCount() == 4 })
        }
    }
}
