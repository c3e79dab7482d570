import Foundation
import NIOCore
import Recommenders
import Testing

@testable import CLI

@Suite struct LoadWorkloadTests {
    static let population = LoadPopulation(
        dataset: "Films", prefix: "a b/", userCount: 50, scale: .init(minimum: 0.5, step: 0.5, count: 10),
        items: ["1", "x/\"y\"", "3"], words: ["star", "wars"], job: "j0")

    @Test func operationsComeAsOftenAsTheirWeightsSay() throws {
        let mix = try #require(LoadMix("reads=70,ratings=20,recommendations=10"))
        #expect(mix == .standard)
        var workload = LoadWorkload(mix, Self.population, skew: 0, seed: 1)
        var counts: [LoadOperation: Int] = [:]
        for _ in 0..<100_000 { counts[workload.next().operation, default: 0] += 1 }
        for (operation, share) in [
            (LoadOperation.rate, 0.18), (.rateSeveral, 0.02), (.recommend, 0.1), (.item, 0.175), (.catalogue, 0.035),
            (.job, 0.07),
        ] {
            let found = Double(counts[operation, default: 0]) / 100_000
            #expect(abs(found - share) < 0.006, "\(operation): \(found)")
        }
        #expect(abs(mix.jobShare - 0.2) < 1e-9)
    }

    @Test func namesOperationsAlone() throws {
        let mix = try #require(LoadMix("rate=3,recommend-later=1"))
        #expect(mix.shares.map(\.operation) == [.rate, .recommendLater] && mix.jobShare == 1)
    }

    @Test(arguments: ["", "reads", "reads=", "reads=x", "reads=-1", "nonsense=1", "reads=0", "reads=1,,ratings=2", "reads=inf"])
    func refusesWhatIsNoMix(text: String) {
        #expect(LoadMix(text) == nil)
    }

    @Test func theSameSeedThinksOfTheSameRequests() {
        func paths(seed: UInt64) -> [String] {
            var workload = LoadWorkload(.standard, Self.population, skew: 0.8, seed: seed)
            return (0..<500).map { _ in workload.next().path }
        }
        #expect(paths(seed: 3) == paths(seed: 3) && paths(seed: 3) != paths(seed: 4))
    }

    @Test func requestsAreWellFormed() throws {
        let mix = try #require(LoadMix("rate=1,rate-several=1"))
        var workload = LoadWorkload(mix, Self.population, skew: 0, seed: 1)
        for _ in 0..<200 {
            let draft = workload.next()
            #expect(draft.path.hasPrefix("/v1/users/a%20b%2F") && !draft.path.contains(" "))
            let body = try #require(draft.body)
            let json = try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any]
            let ratings = draft.ratings.map(\.rating)
            #expect(!ratings.isEmpty && ratings.allSatisfy { (0.5...5).contains($0) && $0 * 2 == ($0 * 2).rounded() })
            if draft.operation == .rate {
                #expect(json?["rating"] as? Double == ratings[0])
            } else {
                let elements = json?["ratings"] as? [[String: Any]] ?? []
                #expect(elements.compactMap { $0["item"] as? String } == draft.ratings.map(\.item))
                #expect(Set(draft.ratings.map(\.item)).count == draft.ratings.count)
            }
        }
    }

    @Test func statusReadsAskForJobsThatWereAccepted() throws {
        var workload = LoadWorkload(try #require(LoadMix("job=1")), Self.population, skew: 0, seed: 1)
        #expect(workload.next().path == "/v1/jobs/j0")
        for number in 0..<1000 { workload.remember(job: "new\(number)") }
        let paths = Set((0..<2000).map { _ in workload.next().path })
        #expect(paths.count == 256 && paths.contains("/v1/jobs/new999") && !paths.contains("/v1/jobs/new1"))
    }

    @Test func aUserWithoutAListIsNoError() {
        #expect(LoadOperation.list.isGood(status: 404, code: "no_recommendations_yet"))
        #expect(!LoadOperation.list.isGood(status: 404, code: "not_found") && !LoadOperation.item.isGood(status: 404, code: nil))
        #expect(LoadOperation.rate.isGood(status: 202, code: nil) && !LoadOperation.rate.isGood(status: 429, code: nil))
    }
}
