import Foundation
import Jobs
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Messaging

/// What every job queue does, whatever is behind it.
@Suite(.timeLimit(.minutes(2))) struct JobQueueConformanceTests {
    @Test(arguments: Backend.available) func deliversWhatWasEnqueued(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            for job in [try TestJobs.rating(), try TestJobs.recommendation(), try TestJobs.recommendation(in: .batch)] {
                try await queue.enqueue(job)
                let delivery = try #require(await source.next())
                #expect(delivery.job == job)
                #expect(delivery.redeliveries == 0)
                #expect(delivery.death == nil)
                delivery.settle(as: .acknowledge)
            }
            await source.close()
        }
    }

    @Test(arguments: Backend.available) func deliversWhatWasGivenBackAgainAndCountsIt(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            let job = try TestJobs.rating()
            try await queue.enqueue(job)
            for redeliveries in 0..<3 {
                let delivery = try #require(await source.next())
                #expect(delivery.job == job)
                #expect(delivery.redeliveries == redeliveries)
                delivery.settle(as: redeliveries < 2 ? .requeue : .acknowledge)
            }
            await source.close()
        }
    }

    @Test(arguments: Backend.available) func discardedJobsBecomeDeadLetters(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            let job = try TestJobs.rating()
            try await queue.enqueue(job)
            try #require(await source.next()).settle(as: .discard)
            #expect(try await eventually { try await bench.deadCount() == 1 })
            let obituary = try #require(await source.next())
            #expect(obituary.job == job)
            #expect(obituary.death == JobDeath(reason: .rejected, queue: "ratings.apply", deliveries: 1))
            obituary.settle(as: .acknowledge)
            await source.close()
        }
    }

    @Test(arguments: Backend.available) func givesUpAJobThatComesBackTooOften(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            let job = try TestJobs.recommendation(in: .batch)
            try await queue.enqueue(job)
            for _ in 0...JobKind.recommendations.deliveryLimit { try #require(await source.next()).settle(as: .requeue) }
            #expect(try await eventually { try await bench.deadCount() == 1 })
            let obituary = try #require(await source.next())
            #expect(obituary.job == job)
            #expect(obituary.death == JobDeath(reason: .deliveryLimit, queue: "recommend.batch", deliveries: 6))
            obituary.settle(as: .acknowledge)
            await source.close()
        }
    }

    @Test(arguments: Backend.available) func anObituaryIsDeliveredAgainUntilItIsAcknowledgedAndDiesNoSecondDeath(
        _ backend: Backend
    ) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            try await queue.enqueue(try TestJobs.rating())
            try #require(await source.next()).settle(as: .discard)
            try #require(await source.next()).settle(as: .requeue)
            let again = try #require(await source.next())
            #expect(again.death?.reason == .rejected)
            #expect(again.redeliveries == 1)
            again.settle(as: .discard)
            let job = try TestJobs.rating("next")
            try await queue.enqueue(job)
            let next = try #require(await source.next())
            #expect(next.job == job && next.death == nil)
            next.settle(as: .acknowledge)
            #expect(try await bench.deadCount() == 1)
            await source.close()
        }
    }

    @Test(arguments: Backend.available) func manyAtOnceArriveOnceEach(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            let count = 500
            let sent = try await withThrowingTaskGroup(of: JobID.self) { group in
                for number in 0..<count {
                    group.addTask {
                        let job = number.isMultiple(of: 3) ? try TestJobs.recommendation() : try TestJobs.rating("user-\(number)")
                        try await queue.enqueue(job)
                        return job.id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            var received: [JobID] = []
            while received.count < count, let delivery = try await source.next() {
                received.append(delivery.job.id)
                delivery.settle(as: .acknowledge)
            }
            #expect(Set(received) == sent)
            await source.close()
            let later = await bench.makeSource()
            let last = try TestJobs.rating("last")
            try await queue.enqueue(last)
            #expect(try await later.next()?.job == last)
            await later.close()
        }
    }

    @Test(arguments: Backend.available) func toldToStopItEndsForWhoWaitsAndWhoComes(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            try await queue.enqueue(try TestJobs.rating())
            let held = try #require(await source.next())
            async let waiting = source.next()
            await source.stop()
            let ended = try await waiting
            #expect(ended?.job == nil)
            #expect(try await source.next()?.job == nil)
            held.settle(as: .acknowledge)
            await source.close()
            let other = await bench.makeSource()
            let job = try TestJobs.rating("next")
            try await queue.enqueue(job)
            #expect(try await other.next()?.job == job)
            await other.close()
        }
    }

    @Test(arguments: Backend.available) func whatASourceLeavesUnsettledGoesToAnother(_ backend: Backend) async throws {
        try await backend.run { queue, bench in
            let source = await bench.makeSource()
            let job = try TestJobs.rating()
            try await queue.enqueue(job)
            let abandoned = try #require(await source.next())
            await source.close()
            let other = await bench.makeSource()
            let delivery = try #require(await other.next())
            #expect(delivery.job == job)
            #expect(delivery.redeliveries == 1)
            abandoned.settle(as: .discard)
            delivery.settle(as: .acknowledge)
            delivery.settle(as: .requeue)
            await other.close()
            #expect(try await bench.deadCount() == 0)
        }
    }

    @Test(arguments: Backend.available) func aCancelledTaskWaitsNoLonger(_ backend: Backend) async throws {
        try await backend.run { _, bench in
            let source = await bench.makeSource()
            let task = Task { try await source.next() }
            task.cancel()
            let ended = try await task.value
            #expect(ended?.job == nil)
            await source.close()
        }
    }
}
