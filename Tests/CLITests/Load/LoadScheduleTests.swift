import Foundation
import Recommenders
import Testing

@testable import CLI

@Suite struct LoadScheduleTests {
    @Test func constantArrivalsDoNotDrift() {
        var schedule = ArrivalSchedule(.constant, rate: 3, seed: 1)
        let moments = (0...30_000).map { _ in schedule.next() }
        #expect(moments[0] == 0 && moments[1] == 333_333_333 && moments[30_000] == 10_000 * 1_000_000_000)
    }

    @Test func randomArrivalsKeepTheRateAndFollowTheSeed() {
        func moments(seed: UInt64) -> [Int64] {
            var schedule = ArrivalSchedule(.poisson, rate: 1000, seed: seed)
            return (0..<20_000).map { _ in schedule.next() }
        }
        let first = moments(seed: 1)
        #expect(first == moments(seed: 1) && first != moments(seed: 2))
        #expect(first == first.sorted())
        let seconds = Double(first[first.count - 1]) / 1e9
        #expect(abs(seconds - 20) < 1, "\(seconds)")
        // Distances of a Poisson process vary as much as they are long; of a constant one they do not vary.
        let distances = zip(first, first.dropFirst()).map { Double($1 - $0) / 1e6 }
        let deviation = (distances.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / Double(distances.count)).squareRoot()
        #expect(abs(deviation - 1) < 0.1, "\(deviation)")
    }

    @Test(arguments: [0, 0.5, 1, 1.3])
    func numbersComeAsOftenAsZipfSays(skew: Double) {
        let (count, draws) = (1000, 200_000)
        let sampler = ZipfSampler(count: count, skew: skew)
        var random = SplitMix64(seed: 7)
        var counts = [Int](repeating: 0, count: count + 1)
        for _ in 0..<draws { counts[sampler.next(&random)] += 1 }
        let weights = (1...count).map { pow(Double($0), -skew) }
        let total = weights.reduce(0, +)
        #expect(counts[0] == 0)
        for numbers in [1...1, 2...2, 3...10, 11...100, 101...1000] {
            let expected = numbers.reduce(0) { $0 + weights[$1 - 1] } / total * Double(draws)
            let found = Double(numbers.reduce(0) { $0 + counts[$1] })
            #expect(abs(found - expected) < 5 * expected.squareRoot() + 1, "\(numbers): \(found), \(expected)")
        }
    }

    @Test func oneNumberIsAlwaysTheSame() {
        var random = SplitMix64(seed: 1)
        #expect((0..<100).allSatisfy { _ in ZipfSampler(count: 1, skew: 1).next(&random) == 1 })
    }
}
