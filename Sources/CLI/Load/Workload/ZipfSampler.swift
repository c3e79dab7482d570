import Foundation
import Recommenders

/// Numbers from 1 to `count`, of which number n comes with a probability in proportion to n^-`skew`.
///
/// By rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions",
/// 1996): no table, and less than two tries on average, however many numbers there are.
struct ZipfSampler: Sendable {
    let count: Int
    let skew: Double
    private let integralAtStart: Double
    private let integralAtEnd: Double
    private let alwaysAccepted: Double

    /// - Precondition: `count` is at least 1, `skew` at least 0; 0 makes all numbers equally likely.
    init(count: Int, skew: Double) {
        self.count = count
        self.skew = skew
        integralAtStart = Self.integral(1.5, skew) - 1
        integralAtEnd = Self.integral(Double(count) + 0.5, skew)
        alwaysAccepted = 2 - Self.inverseOfIntegral(Self.integral(2.5, skew) - Self.density(2, skew), skew)
    }

    func next(_ random: inout SplitMix64) -> Int {
        guard skew > 0 else { return random.next(in: 1..<count + 1) }
        while true {
            let area = integralAtEnd + random.nextFraction() * (integralAtStart - integralAtEnd)
            let place = Self.inverseOfIntegral(area, skew)
            let number = min(max(place.rounded(), 1), Double(count))
            if number - place <= alwaysAccepted || area >= Self.integral(number + 0.5, skew) - Self.density(number, skew) {
                return Int(number)
            }
        }
    }

    private static func density(_ x: Double, _ skew: Double) -> Double { exp(-skew * log(x)) }

    /// Of the density, from 1 to `x`.
    private static func integral(_ x: Double, _ skew: Double) -> Double {
        let logarithm = log(x)
        let exponent = (1 - skew) * logarithm
        return (abs(exponent) > 1e-8 ? expm1(exponent) / exponent : 1 + exponent / 2) * logarithm
    }

    private static func inverseOfIntegral(_ area: Double, _ skew: Double) -> Double {
        let scaled = max(area * (1 - skew), -1)
        return exp((abs(scaled) > 1e-8 ? log1p(scaled) / scaled : 1 - scaled / 2) * area)
    }
}
