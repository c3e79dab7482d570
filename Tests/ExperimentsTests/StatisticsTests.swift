import TestSupport
import Testing

@testable import Experiments

@Suite struct StatisticsTests {
    /// Out of the tables of Abramowitz and Stegun (26.8), and of R's `pchisq(lower.tail = FALSE)`.
    @Test(arguments: [
        (3.841_458_820_694_124, 1, 0.05), (5.991_464_547_107_979, 2, 0.05), (7.814_727_903_251_179, 3, 0.05),
        (18.307_038_053_275_15, 10, 0.05), (10.827_566_170_662_73, 1, 0.001), (1, 1, 0.317_310_507_862_914_1), (0, 4, 1),
    ])
    func knowsTheChiSquaredDistribution(value: Double, degrees: Int, probability: Double) {
        #expect(abs(ChiSquared.survival(value, degrees: degrees) - probability) < 1e-12)
    }

    @Test(arguments: [(0.05, 1.959_963_984_540_054), (0.01, 2.575_829_303_548_901), (0.317_310_507_862_914_1, 1)])
    func knowsTheNormalDistribution(probability: Double, quantile: Double) {
        #expect(abs(NormalDistribution.twoSidedQuantile(probability) - quantile) < 1e-9)
    }

    @Test func knowsMeanAndVariance() {
        let sums = UserSums(users: 4, sum: 10, squares: 30)  // 1, 2, 3, 4
        #expect(sums.mean == 2.5)
        #expect(abs(sums.varianceOfMean - 5.0 / 3 / 4) < 1e-12)
        #expect(UserSums(users: 1, sum: 1, squares: 1).varianceOfMean == .infinity)
    }

    @Test func findsSharesThatAreOff() {
        // 821 588 and 815 482 users of what should be halves: p = 1.8e-6 (Fabijan et al. 2019, whose example has these counts).
        let check = SampleRatioCheck(users: [821_588, 815_482], shares: [0.5, 0.5])
        #expect(abs(check.pValue / 1.8e-6 - 1) < 0.05)
        #expect(check.isMismatch)
        #expect(!SampleRatioCheck(users: [5020, 4980], shares: [0.5, 0.5]).isMismatch)
        #expect(SampleRatioCheck(users: [5020, 4980], shares: [0.6, 0.4]).isMismatch)
        #expect(SampleRatioCheck(users: [0, 0], shares: [0.5, 0.5]).pValue == 1)
    }

    /// The interval is made of the ratios that the comparison does not reject: at its ends the statistic is the reach, and 0 is outside
    /// exactly when the p-value is below the level.
    @Test func intervalAndPValueAgree() throws {
        var generator = SeededGenerator(seed: 1)
        var outside = 0
        for _ in 0..<300 {
            let control = UserSums(of: (0..<400).map { _ in Double(Int.random(in: 0...9, using: &generator)) })
            let shift = Int.random(in: 0...3, using: &generator)
            let treatment = UserSums(of: (0..<300).map { _ in Double(Int.random(in: 0...(9 + shift), using: &generator)) })
            let uplift = Uplift(of: treatment, over: control)
            let interval = try #require(uplift.alwaysValidInterval(confidence: 0.95))
            #expect(interval.contains(try #require(uplift.value)))
            #expect(!interval.contains(0) == (uplift.alwaysValidPValue < 0.05))
            if !interval.contains(0) { outside += 1 }
            let once = try #require(uplift.fixedInterval(confidence: 0.95))
            #expect(once.lowerBound > interval.lowerBound && once.upperBound < interval.upperBound)
        }
        #expect((50...250).contains(outside))
    }

    /// The fixed interval is the delta method's where means are far from 0.
    @Test func isTheDeltaMethodForManyUsers() throws {
        let control = UserSums(users: 100_000, sum: 200_000, squares: 600_000)  // mean 2, variance 2
        let treatment = UserSums(users: 50_000, sum: 110_000, squares: 342_000)  // mean 2.2, variance 2
        let interval = try #require(Uplift(of: treatment, over: control).fixedInterval(confidence: 0.95))
        let deviation = (2.0 / 50_000 / 4 + 2.2 * 2.2 * 2 / 100_000 / 16).squareRoot()
        #expect(abs(interval.lowerBound - (0.1 - 1.96 * deviation)) < 1e-4)
        #expect(abs(interval.upperBound - (0.1 + 1.96 * deviation)) < 1e-4)
    }

    @Test func saysNothingOfFewUsersOrOfNothing() {
        let few = UserSums(of: (0..<99).map { Double($0 % 3) })
        let many = UserSums(of: (0..<500).map { Double($0 % 3) })
        #expect(Uplift(of: few, over: many).alwaysValidPValue == 1)
        #expect(Uplift(of: few, over: many).alwaysValidInterval(confidence: 0.95) == nil)
        let nothing = UserSums(users: 500, sum: 0, squares: 0)
        #expect(Uplift(of: many, over: nothing).value == nil)
        #expect(Uplift(of: many, over: nothing).alwaysValidInterval(confidence: 0.95) == nil)
        #expect(Uplift(of: nothing, over: nothing).alwaysValidPValue == 1)
    }
}

extension UserSums {
    init(of numbers: [Double]) {
        self.init(users: numbers.count, sum: numbers.reduce(0, +), squares: numbers.reduce(0) { $0 + $1 * $1 })
    }
}
