import Glibc
import TestSupport
import Testing

@testable import Experiments

/// Whether the statistics keep their word, over many experiments that are made up.
@Suite struct SimulationTests {
    /// An experiment of two variants, looked at every day: most users do nothing, some do a lot.
    private struct Simulation {
        var activity = 1.0
        var usersADay = 40
        var days = 40

        /// - Returns: whether on some day the p-value was below 0.05; whether on some day the interval for one look was off 0; whether
        ///   the interval for peeking ever left out the true uplift; and whether shares ever seemed off.
        func run(
            _ generator: inout SeededGenerator
        ) -> (peeked: Bool, naive: Bool, missed: Bool, alarmed: Bool) {
            var sums = [UserSums.zero, .zero]
            var result = (peeked: false, naive: false, missed: false, alarmed: false)
            for _ in 0..<days {
                for _ in 0..<usersADay {
                    let variant = Bool.random(using: &generator) ? 1 : 0
                    let count = Self.count(0.8 * (variant == 1 ? activity : 1), &generator)
                    sums[variant] += UserSums(users: 1, sum: count, squares: count * count)
                }
                let uplift = Uplift(of: sums[1], over: sums[0])
                if uplift.alwaysValidPValue < 0.05 { result.peeked = true }
                if let once = uplift.fixedInterval(confidence: 0.95), !once.contains(0) { result.naive = true }
                if let always = uplift.alwaysValidInterval(confidence: 0.95), !always.contains(activity - 1) {
                    result.missed = true
                }
                if SampleRatioCheck(users: sums.map(\.users), shares: [0.5, 0.5]).isMismatch { result.alarmed = true }
            }
            return result
        }

        /// None for six users of ten, else Poisson distributed with a mean that varies from user to user.
        private static func count(_ mean: Double, _ generator: inout SeededGenerator) -> Double {
            guard Double.random(in: 0..<1, using: &generator) < 0.4 else { return 0 }
            let rate = -2.5 * mean * log(Double.random(in: 0x1p-53..<1, using: &generator))
            var (count, product) = (0.0, Double.random(in: 0..<1, using: &generator))
            while product > exp(-rate) {
                count += 1
                product *= Double.random(in: 0..<1, using: &generator)
            }
            return count
        }
    }

    @Test func peekingEveryDayRejectsNoMoreThanAllowed() {
        var generator = SeededGenerator(seed: 20_261_123)
        let results = (0..<600).map { _ in Simulation().run(&generator) }
        // Of 600 experiments in which nothing is different 30 may be taken for different; were it more than 5 %, 18 were unlikely.
        #expect(results.count(where: \.peeked) <= 18)
        // Looking every day at what is meant for one look rejects far more: the simulation can tell.
        #expect(results.count(where: \.naive) > 60)
        #expect(results.count(where: \.missed) <= 18)
        // One in a thousand for one look.
        #expect(results.count(where: \.alarmed) <= 12)
    }

    @Test func findsADifferenceThatIsThere() {
        var generator = SeededGenerator(seed: 4)
        var simulation = Simulation(activity: 1.5)
        simulation.usersADay = 100
        let results = (0..<60).map { _ in simulation.run(&generator) }
        #expect(results.count(where: \.peeked) >= 57)
        #expect(results.count(where: \.missed) <= 3)
    }
}
