import Foundation
import Recommenders

/// When requests are due, decided before anything is sent, so that a service that is slow cannot make them fewer.
struct ArrivalSchedule {
    enum Arrivals: String, CaseIterable, Sendable {
        /// At equal distances.
        case constant
        /// At random, as from many people who know nothing of each other; the same seed gives the same moments.
        case poisson
    }

    private let arrivals: Arrivals
    private let nanosecondsBetween: Double
    private var count = 0.0
    private var elapsed = 0.0
    private var random: SplitMix64

    /// - Parameter rate: requests a second, above 0.
    init(_ arrivals: Arrivals, rate: Double, seed: UInt64) {
        self.arrivals = arrivals
        nanosecondsBetween = 1e9 / rate
        random = SplitMix64(seed: seed)
    }

    /// The next moment, in nanoseconds since the start; the first is 0 when they come at equal distances.
    mutating func next() -> Int64 {
        switch arrivals {
        case .constant:
            // Multiplied, not added up: errors would add up too.
            defer { count += 1 }
            return Int64((count * nanosecondsBetween).rounded())
        case .poisson:
            elapsed -= log1p(-random.nextFraction()) * nanosecondsBetween
            return Int64(elapsed)
        }
    }
}
