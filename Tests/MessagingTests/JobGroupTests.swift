import Jobs
import Recommenders
import ServiceRuntime
import Synchronization
import Testing

@testable import Messaging

/// Jobs that share a message.
@Suite struct JobGroupTests {
    private func message(_ job: Job) throws -> PublishRequests.Message {
        .init(id: job.id.rawValue, kind: job.kind, lane: job.lane, body: try JobCoding.encode(job))
    }

    @Test func jobsOfOneMessageComeOutAsTheyWentIn() throws {
        let jobs = try (0..<5).map { _ in try TestJobs.rating() }
        #expect(try JobCoding.decodeAll(JobCoding.join(jobs.map { try JobCoding.encode($0) })) == jobs)
        #expect(try JobCoding.decodeAll(JobCoding.encode(jobs[0])) == [jobs[0]])
    }

    @Test(arguments: ["", "\n", "{}\n{}"]) func refusesAMessageOfWhichOneLineIsNoJob(_ rest: String) throws {
        let job = try JobCoding.encode(try TestJobs.rating())
        for bytes in [job + [10] + Array(rest.utf8), Array(rest.utf8) + [10] + job] {
            #expect(throws: MessagingError.self) { try JobCoding.decodeAll(bytes) }
        }
    }

    @Test func remembersThatThereWasAConnectionWhateverComesAfter() {
        let requests = PublishRequests(backlog: 100)
        let error = MessagingError(.disconnected, "")
        for (link, isOpen, hasBeenOpen) in [
            (.connecting(error), false, false), (.refusing(error), false, false), (.open, true, true),
            (.connecting(error), false, true), (.refusing(error), false, true),
        ] as [(PublishRequests.Link, Bool, Bool)] {
            requests.become(link)
            #expect(requests.isOpen == isOpen && requests.hasBeenOpen == hasBeenOpen)
        }
    }

    @Test func onlyWhatGoesTheSameWaySharesAMessageAndTheOrderStays() async throws {
        let requests = PublishRequests(backlog: 100)
        let jobs = try [
            TestJobs.rating(), TestJobs.rating(), TestJobs.recommendation(), TestJobs.rating(), TestJobs.rating(),
            TestJobs.rating(),
        ]
        let messages = try jobs.map { try message($0) }
        async let outcomes = withTaskGroup(of: Void.self) { group in
            for message in messages {
                // One after the other, so that their order is known.
                let count = requests.unsentCount
                group.addTask {
                    _ = await withCheckedContinuation { _ = requests.add(message, deadline: .now + .seconds(60), $0) }
                }
                while requests.unsentCount == count { await Task.yield() }
            }
        }
        while requests.unsentCount < jobs.count { await Task.yield() }
        var groups: [[String]] = []
        while let group = requests.takeUnsent(atMost: 2, bytes: 1 << 20) {
            groups.append(group.messages.map(\.id))
            for number in group.numbers { requests.finish(number, .success(())) }
        }
        await outcomes
        let ids = messages.map(\.id)
        #expect(groups == [Array(ids[0...1]), [ids[2]], Array(ids[3...4]), [ids[5]]])
    }

    @Test func aMessageIsNotLongerThanItMayBe() async throws {
        let requests = PublishRequests(backlog: 100)
        let message = try message(try TestJobs.rating())
        async let outcomes = withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    _ = await withCheckedContinuation { _ = requests.add(message, deadline: .now + .seconds(60), $0) }
                }
            }
        }
        while requests.unsentCount < 5 { await Task.yield() }
        var counts: [Int] = []
        // Room for two and their line ends; then for less than one, which is taken all the same.
        for bytes in [2 * (message.body.count + 1), 10] {
            let group = try #require(requests.takeUnsent(atMost: 32, bytes: bytes))
            counts.append(group.numbers.count)
        }
        requests.failAll(MessagingError(.closed, "over"))
        await outcomes
        #expect(counts == [2, 1])
    }

    @Test func nobodyWakesAThreadThatComesBackByItself() async throws {
        let requests = PublishRequests(backlog: 100)
        let message = try message(try TestJobs.rating())
        let wakes = Wakes()
        let add = { () async in
            await withCheckedContinuation { added in
                Task {
                    _ = await withCheckedContinuation { continuation in
                        let isWaking = requests.add(message, deadline: .now + .seconds(60), continuation)
                        wakes.list.withLock { $0.append(isWaking) }
                        added.resume()
                    }
                }
            }
        }
        let later = ContinuousClock.now + .seconds(3600)
        requests.beginTurn()
        #expect(!requests.gathers(until: later), "nothing waits")
        await add()
        requests.beginTurn()
        #expect(!requests.gathers(until: .now - .seconds(1)), "the time is over")
        await add()
        requests.beginTurn()
        #expect(requests.gathers(until: later))
        await add()
        requests.beginTurn()
        await add()
        requests.failAll(MessagingError(.closed, "over"))
        #expect(wakes.list.withLock { $0 } == [true, true, false, true])
    }

    @Test func aMessageIsSettledWithItsLastJobAsTheWorstOfThemWas() {
        let settled = Mutex<[JobDelivery.Settlement]>([])
        func settle(_ settlements: [JobDelivery.Settlement]) -> [JobDelivery.Settlement] {
            settled.withLock { $0 = [] }
            let shared = SharedSettlement(of: settlements.count) { settlement in settled.withLock { $0.append(settlement) } }
            for (place, settlement) in settlements.enumerated() {
                #expect(settled.withLock { $0.isEmpty }, "settled before job \(place)")
                shared.settle(as: settlement)
            }
            return settled.withLock { $0 }
        }
        #expect(settle([.acknowledge]) == [.acknowledge])
        #expect(settle([.acknowledge, .acknowledge, .acknowledge]) == [.acknowledge])
        #expect(settle([.acknowledge, .requeue, .acknowledge]) == [.requeue])
        #expect(settle([.requeue, .discard, .acknowledge]) == [.discard])
    }

    @Test(.enabled(if: TestBroker.isAvailable, TestBroker.advice), .timeLimit(.minutes(1)))
    func underLoadJobsShareMessagesAndNoneIsLost() async throws {
        var broker = TestBroker()
        broker.configuration.jobsPerMessage = 32
        let queue = broker.makeQueue()
        let jobs = try (0..<600).map { try TestJobs.rating("user-\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for job in jobs { group.addTask { try await queue.enqueue(job) } }
            try await group.waitForAll()
        }
        await queue.close()
        #expect(try await (19..<300).contains(broker.count(of: "ratings.apply")))
        let source = await broker.makeSource()
        var received: [JobID: Job] = [:]
        while received.count < jobs.count, let delivery = try await source.next() {
            received[delivery.job.id] = delivery.job
            delivery.settle(as: .acknowledge)
        }
        await source.close()
        #expect(received == Dictionary(uniqueKeysWithValues: jobs.map { ($0.id, $0) }))
        #expect(try await broker.count(of: "ratings.apply") == 0)
        try await broker.cleanUp()
    }
}

/// Whether each message woke the thread.
private final class Wakes: Sendable {
    let list = Mutex<[Bool]>([])
}
