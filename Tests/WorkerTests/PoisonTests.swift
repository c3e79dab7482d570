import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import TestSupport
import Testing

@testable import Worker

/// A job that ends every worker which starts it, among others that do no harm.
@Suite struct PoisonTests {
    /// A quorum queue with a delivery limit and one worker that prefetches, dies with all it holds and is started again.
    private struct Simulation {
        var queue: [(job: Job, redeliveries: Int)]
        let poison: JobID
        let limit: Int
        let slots: Int
        let prefetch: Int
        var done: Set<JobID> = []
        var dead: [JobID: Int] = [:]
        /// What the records say.
        var starts: [JobID: Int] = [:]

        mutating func run(using generator: inout some RandomNumberGenerator) {
            while !queue.isEmpty { runWorker(using: &generator) }
        }

        private mutating func runWorker(using generator: inout some RandomNumberGenerator) {
            var board = JobBoard()
            var held: [(job: Job, redeliveries: Int)] = []
            var running: [Work] = []
            while true {
                while held.count < prefetch, !queue.isEmpty {
                    let (job, redeliveries) = queue.removeFirst()
                    held.append((job, redeliveries))
                    board.add(HeldJob(job, redeliveries: redeliveries, starts: starts[job.id] ?? 0))
                }
                while running.count < slots, let work = board.next(at: .now + .seconds(1)) {
                    for held in work.jobs where held.attempt > 1 { starts[held.job.id] = held.attempt }
                    if work.jobs.contains(where: { $0.job.id == poison }) { return die(with: held) }
                    running.append(work)
                }
                guard let place = running.indices.randomElement(using: &generator) else { return }
                let work = running.remove(at: place)
                board.end(work)
                let ended = Set(work.jobs.map(\.job.id))
                done.formUnion(ended)
                held.removeAll { ended.contains($0.job.id) }
            }
        }

        /// What was delivered and not settled is delivered again, and counted.
        private mutating func die(with held: [(job: Job, redeliveries: Int)]) {
            var again: [(job: Job, redeliveries: Int)] = []
            for (job, redeliveries) in held {
                if redeliveries == limit { dead[job.id] = redeliveries + 1 } else { again.append((job, redeliveries + 1)) }
            }
            queue = again + queue
        }
    }

    @Test(arguments: 0..<60) func diesAloneAfterItsLastDelivery(seed: UInt64) throws {
        let fixture = try WorkerFixture()
        var generator = SeededGenerator(seed: seed)
        let jobs = try (0..<Int.random(in: 1...200, using: &generator)).map { number in
            let user = try UserID("u\(Int.random(in: 0..<50, using: &generator))")
            return Bool.random(using: &generator)
                ? try fixture.ratingJob([("a1", 5)], of: user)
                : fixture.recommendationJob(RecommendationQuery(count: 1 + number % 3), audience: .user(user))
        }
        let poison = try #require(jobs.randomElement(using: &generator)).id
        let limit = JobKind.recommendations.deliveryLimit
        var simulation = Simulation(
            queue: jobs.map { ($0, 0) }, poison: poison, limit: limit, slots: 16,
            prefetch: Int.random(in: 16...300, using: &generator))
        simulation.run(using: &generator)
        #expect(simulation.dead == [poison: limit + 1])
        #expect(simulation.done == Set(jobs.map(\.id)).subtracting([poison]))
    }
}
