import Jobs
import Messaging
import Recommenders
import ServiceRuntime
import Storage
import TestSupport
import Testing

@testable import Worker

/// Any order and any repetition of a set of messages ends in the same state.
@Suite struct OrderTests {
    private static let origins: [UInt32] = [1, 2, 3]

    /// Updates of a few items by gateways whose clocks differ by up to an hour either way; no two have the same version.
    private func updates(using generator: inout SeededGenerator) throws -> [RatingUpdate] {
        var updates: [RatingVersion: RatingUpdate] = [:]
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let skew = [-3_600_000, 0, 3_600_000].randomElement(using: &generator) ?? 0
            let moment = 1_700_000_000_000 + skew + Int.random(in: 0..<20, using: &generator)
            let version = RatingVersion(
                milliseconds: UInt64(moment), origin: Self.origins.randomElement(using: &generator) ?? 1)
            let rated = RatingChange.rated(Double(Int.random(in: 1...10, using: &generator)) / 2)
            let change = [rated, rated, .removed, .dismissed].randomElement(using: &generator) ?? rated
            let item = try ItemID("a\(Int.random(in: 0..<3, using: &generator))")
            updates[version] = RatingUpdate(item: item, change: change, version: version)
        }
        return Array(updates.values)
    }

    /// Each at least once, some more often, in any order.
    private func delivered<Element>(_ elements: [Element], using generator: inout SeededGenerator) -> [Element] {
        let again = elements.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
        return (elements + again).shuffled(using: &generator)
    }

    /// By item the update of the highest version: what the state is, whatever happened on the way to it.
    private func newest(_ updates: [RatingUpdate]) -> [ItemID: RatingUpdate] {
        var newest: [ItemID: RatingUpdate] = [:]
        for update in updates.sorted(by: { $0.version < $1.version }) { newest[update.item] = update }
        return newest
    }

    @Test func aProfileIsTheSameAfterAnyOrderAndRepetition() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<100_000 {
            let updates = try updates(using: &generator)
            let profile = LiveProfile(delivered(updates, using: &generator))
            guard profile.updates == newest(updates) else {
                Issue.record("\(updates) ended in \(profile.updates)")
                return
            }
        }
    }

    @Test func whateverTheWorkersDoTogetherTheProfileIsTheSame() async throws {
        let fixture = try WorkerFixture()
        var generator = SeededGenerator(seed: 2)
        for number in 0..<2_000 {
            let user = try UserID("u\(number)")
            let updates = try updates(using: &generator)
            let jobs = updates.map { update in
                Job(
                    id: .random(), createdAt: .now,
                    task: .updateRatings(user: user, updates: [update], refresh: false))
            }
            var board = JobBoard()
            for job in delivered(jobs, using: &generator) {
                board.add(HeldJob(job, redeliveries: Int.random(in: 0..<4, using: &generator) / 3))
                guard Bool.random(using: &generator), let work = board.next() else { continue }
                _ = try await fixture.handler().carryOut(work)
                board.end(work)
            }
            while let work = board.next() {
                _ = try await fixture.handler().carryOut(work)
                board.end(work)
            }
            let profile = try await fixture.storage.profile(of: user)
            #expect(profile.updates == newest(updates))
            let known = fixture.dataset.profile(of: nil, overlaidWith: profile)
            #expect(known.items.count == profile.updates.values.count { $0.rating != nil })
            #expect(known.dismissed.count == profile.updates.values.count { $0.change == .dismissed })
            for job in jobs { #expect(try await fixture.storage.record(of: job.id)?.status == .succeeded) }
        }
    }
}
