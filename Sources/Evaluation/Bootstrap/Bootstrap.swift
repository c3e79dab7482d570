import Recommenders

/// How far metrics, and their differences between algorithms, would vary with other users of the same kind: all algorithms on the
/// same users drawn with replacement, many times over (the paired bootstrap; Efron and Tibshirani 1993; for retrieval Sakai
/// 2006).
///
/// Beyond `mostUnits` users it is blocks of users that are drawn, all of about the same size: users being independent, the
/// variance of a mean is the same, at a cost that no longer grows.
package struct Bootstrap: Sendable {
    package let resamples: Int
    package let seed: UInt64
    /// The share of resamples that an interval holds.
    package let level: Double

    static let mostUnits = 10_000

    /// - Parameters:
    ///   - resamples: at least 1.
    ///   - level: above 0 and below 1.
    package init(resamples: Int = 2000, seed: UInt64 = 1, level: Double = 0.95) {
        precondition(resamples > 0 && level > 0 && level < 1)
        self.resamples = resamples
        self.seed = seed
        self.level = level
    }

    /// By algorithm and resample: the sums of its figures' columns.
    func sums(of figures: [UserFigures], threads: Int = Parallel.coreCount) -> [[[Double]]] {
        sums(of: figures.map { UserRows(numbers: $0.numbers, width: $0.width) }, threads: threads)
    }

    /// By table and resample: the sums of the table's columns.
    func sums(of tables: [UserRows], threads: Int = Parallel.coreCount) -> [[[Double]]] {
        let userCount = tables.first?.userCount ?? 0
        precondition(tables.allSatisfy { $0.userCount == userCount }, "the algorithms were evaluated on different users")
        let unitCount = min(userCount, Self.mostUnits)
        guard unitCount > 0 else { return tables.map { _ in [] } }
        let units = tables.map { $0.units(unitCount) }
        let chunks = Chunks(of: resamples, stride: 16, threads: threads) { resamples in
            var counts = [Double](repeating: 0, count: unitCount)
            return resamples.map { resample in
                draw(resample, into: &counts)
                return zip(units, tables).map { weightedSum($0, width: $1.width, counts) }
            }
        }
        let byResample = chunks.results.flatMap { $0 }
        return tables.indices.map { table in byResample.map { $0[table] } }
    }

    /// How often each unit is in the resample: as many draws as there are units.
    private func draw(_ resample: Int, into counts: inout [Double]) {
        var seeds = SplitMix64(seed: seed &+ UInt64(resample) &* 0x9E37_79B9_7F4A_7C15)
        var generator = SplitMix64(seed: seeds.next())
        for unit in counts.indices { counts[unit] = 0 }
        for _ in counts.indices { counts[generator.next(in: 0..<counts.count)] += 1 }
    }

    private func weightedSum(_ units: [Double], width: Int, _ counts: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        sums.withUnsafeMutableBufferPointer { sums in
            units.withUnsafeBufferPointer { units in
                for (unit, count) in counts.enumerated() where count > 0 {
                    for column in 0..<width { sums[column] += count * units[unit * width + column] }
                }
            }
        }
        return sums
    }

    /// What `level` of the values lie in, as many being left out below as above.
    func interval(of values: [Double]) -> Interval? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        func quantile(_ share: Double) -> Double { sorted[Int((Double(sorted.count - 1) * share).rounded())] }
        return Interval(low: quantile((1 - level) / 2), high: quantile((1 + level) / 2))
    }
}
