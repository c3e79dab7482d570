import Recommenders

/// The factors of all users or of all items while they are trained: row by row, one row's factors together.
struct FactorTable: Sendable {
    let dimensions: Int
    let values: FlatArray<Float>

    var count: Int { values.count / dimensions }

    /// - Parameter fill: called with stretches of rows, and the memory of all; sets every value of each row.
    init(
        count: Int, dimensions: Int, stride: Int, threads: Int,
        filledBy fill: @Sendable (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        self.dimensions = dimensions
        values = FlatArray(count: count * dimensions) { values in
            // Each stretch of rows is written by one thread only.
            nonisolated(unsafe) let values = values
            Parallel.forEachRange(of: count, stride: stride, threads: threads) { fill($0, values) }
        }
    }

    /// Normally distributed around 0, each row's from the seed and its number alone.
    ///
    /// - Parameter length: the root of the mean square of the rows' lengths.
    init(random count: Int, dimensions: Int, length: Double, seed: UInt64, threads: Int) {
        let deviation = length / Double(dimensions).squareRoot()
        self.init(count: count, dimensions: dimensions, stride: 1024, threads: threads) { rows, values in
            for row in rows {
                var generator = SplitMix64(seed: seed &+ UInt64(row) &* 0xD134_2543_DE82_EF95)
                for place in row * dimensions..<(row + 1) * dimensions {
                    // The sum of twelve even numbers of 0 to 1 has the variance 1 and is close enough to a normal one.
                    var sum = -6.0
                    for _ in 0..<12 { sum += Double(generator.next() >> 11) * 0x1p-53 }
                    values[place] = Float(sum * deviation)
                }
            }
        }
    }
}
