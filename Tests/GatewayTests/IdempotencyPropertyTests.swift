import Hummingbird
import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// Requests sent again and again, at once and one after the other, to gateways that die wherever it hurts.
@Suite struct IdempotencyPropertyTests {
    /// A few bits of chance for everything that goes on in one case; which of its users gets which is chance too.
    final class Chance: Sendable {
        private let generator: Mutex<SeededGenerator>

        init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

        func number(below bound: Int) -> Int { generator.withLock { .random(in: 0..<bound, using: &$0) } }
    }

    /// Which jobs clients were told of, by key.
    final class Promises: Sendable {
        private let ids = Mutex<[Int: Set<String>]>([:])

        var all: [Int: Set<String>] { ids.withLock { $0 } }

        func note(_ id: String, for key: Int) { ids.withLock { _ = $0[key, default: []].insert(id) } }
    }

    @Test func oneJobForEachKeyWhateverHappens() async throws {
        for seed in 0..<60 { try await check(seed: UInt64(seed)) }
    }

    private func check(seed: UInt64) async throws {
        let chance = Chance(seed: seed)
        let servers = SharedServers()
        let deaths = Death.allCases
        let mortal: @Sendable () async -> Death = {
            for _ in 0..<chance.number(below: 4) { await Task.yield() }
            return chance.number(below: 2) == 0 ? .never : deaths[chance.number(below: deaths.count)]
        }
        let gateways = [servers.gateway(dying: mortal), servers.gateway(dying: mortal)]
        let promises = Promises()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                let (key, gateway) = (chance.number(below: 3), gateways[chance.number(below: 2)])
                group.addTask {
                    // As a client does it: until it is told that its rating was taken.
                    while true {
                        let answer = try await gateway.send(
                            .post, "/v1/users/ann/ratings",
                            #"{"ratings":[{"item":"1","rating":\#(key + 1)},{"item":"2","rating":1}]}"#,
                            headers: ["Idempotency-Key": "key-\(key)"])
                        if answer.status == 202, let id = answer["id"]?.string {
                            return promises.note(id, for: key)
                        }
                        try #require(answer.status == 503, "seed \(seed)")
                    }
                }
            }
            try await group.waitForAll()
        }
        let jobs = Set(servers.queue.waitingJobs)
        for (key, ids) in promises.all {
            #expect(ids.count == 1, "seed \(seed), key \(key)")
            #expect(jobs.count { ids.contains($0.id.rawValue) } == 1, "seed \(seed), key \(key)")
        }
        #expect(jobs.count == promises.all.count, "seed \(seed)")
    }
}
