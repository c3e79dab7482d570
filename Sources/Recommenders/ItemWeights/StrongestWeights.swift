/// Makes item weights out of a matrix that is computed a few rows at a time and never held as a whole: the weights of largest absolute value
/// of every row are kept, the zeros and the row's own item never are.
package struct StrongestWeights: Sendable {
    /// For what a row of the matrix stands.
    package enum Side: Sendable {
        /// A row holds what its item says for the others.
        case source
        /// A row holds what the others say for its item.
        case target
    }

    package var side: Side
    package var weightsPerRow: Int
    /// So many rows are asked for at once.
    package var blockSize: Int

    package init(side: Side, weightsPerRow: Int, blockSize: Int = 16) {
        self.side = side
        self.weightsPerRow = weightsPerRow
        self.blockSize = blockSize
    }

    /// - Parameters:
    ///   - items: the items that the rows and columns stand for, by their index among the `itemCount` items.
    ///   - fill: writes the rows of a range, each as long as `items`, one after the other into memory that is all zeros; called from several
    ///     threads at once.
    ///   - progress: called now and then with the share that is done, from any thread.
    /// - Returns: rows by source, where `side` is `.source` strongest first, of equally strong ones the first in `items` first, else in the
    ///   order of `items`.
    /// - Complexity: memory O(`items` × `weightsPerRow` + threads × `blockSize` × `items`).
    package func select(
        of items: [UInt32], itemCount: Int, threads: Int = Parallel.coreCount, progress: @Sendable (Double) -> Void = { _ in },
        fill: @Sendable (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
    ) -> ItemWeights {
        let capacity = min(max(weightsPerRow, 0), items.count)
        var counts = [Int](repeating: 0, count: items.count)
        var columns = [UInt32](repeating: 0, count: items.count * capacity)
        var weights = [Float](repeating: 0, count: items.count * capacity)
        counts.withUnsafeMutableBufferPointer { counts in
            columns.withUnsafeMutableBufferPointer { columns in
                weights.withUnsafeMutableBufferPointer { weights in
                    let (counts, columns, weights) = (SharedBuffer(counts), SharedBuffer(columns), SharedBuffer(weights))
                    let done = ProgressCount(of: items.count)
                    Parallel.forEachRange(of: items.count, stride: blockSize, threads: threads) { rows in
                        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * items.count) { block in
                            block.initialize(repeating: 0)
                            fill(rows, block)
                            for row in rows {
                                let start = (row - rows.lowerBound) * items.count
                                block[start + row] = 0
                                let values = UnsafeBufferPointer(rebasing: block[start..<start + items.count])
                                let best = Self.strongest(capacity, of: values)
                                counts[row] = best.count
                                for (position, column) in best.enumerated() {
                                    columns[row * capacity + position] = column
                                    weights[row * capacity + position] = values[Int(column)]
                                }
                            }
                        }
                        done.add(rows.count, report: progress)
                    }
                }
            }
        }
        let kept = KeptWeights(capacity: capacity, counts: counts, columns: columns, weights: weights)
        return side == .source ? kept.bySource(items, itemCount) : kept.transposed(items, itemCount)
    }

    private static func strongest(_ count: Int, of row: UnsafeBufferPointer<Float>) -> [UInt32] {
        var best = TopK(capacity: count)
        var floor: Float = 0
        func offer(_ columns: Range<Int>) {
            for column in columns where abs(row[column]) > floor {
                best.offer(UInt32(column), score: abs(row[column]))
                floor = max(0, best.floor)
            }
        }
        // Most weights are below the floor, so they are looked at sixteen at a time: without their signs, floats are ordered as their bits
        // are, and the difference to the floor's bits is negative where a weight is above it.
        let bits = UnsafeRawBufferPointer(row)
        let width = 16
        let end = row.count - row.count % width
        for start in stride(from: 0, to: end, by: width) {
            let magnitudes = bits.loadUnaligned(fromByteOffset: start * 4, as: SIMD16<UInt32>.self) & 0x7FFF_FFFF
            let differences = SIMD16(repeating: floor.bitPattern) &- magnitudes
            let eight = differences.lowHalf | differences.highHalf
            let four = eight.lowHalf | eight.highHalf
            let two = four.lowHalf | four.highHalf
            if (two.x | two.y) >> 31 == 1 { offer(start..<start + width) }
        }
        offer(end..<row.count)
        return best.sorted().map(\.element)
    }
}

/// What is left of a matrix's rows: row `r` has `counts[r]` entries from `r * capacity` on.
private struct KeptWeights {
    let capacity: Int
    let counts: [Int]
    let columns: [UInt32]
    let weights: [Float]

    func bySource(_ items: [UInt32], _ itemCount: Int) -> ItemWeights {
        assemble(lengths: counts, items, itemCount) { targets, values, starts in
            for (row, item) in items.enumerated() {
                for position in 0..<counts[row] {
                    targets[starts[Int(item)] + position] = items[Int(columns[row * capacity + position])]
                    values[starts[Int(item)] + position] = weights[row * capacity + position]
                }
            }
        }
    }

    func transposed(_ items: [UInt32], _ itemCount: Int) -> ItemWeights {
        var lengths = [Int](repeating: 0, count: items.count)
        for row in items.indices {
            for entry in row * capacity..<row * capacity + counts[row] { lengths[Int(columns[entry])] += 1 }
        }
        return assemble(lengths: lengths, items, itemCount) { targets, values, starts in
            var next = items.map { starts[Int($0)] }
            for (row, item) in items.enumerated() {
                for entry in row * capacity..<row * capacity + counts[row] {
                    let column = Int(columns[entry])
                    targets[next[column]] = item
                    values[next[column]] = weights[entry]
                    next[column] += 1
                }
            }
        }
    }

    /// - Parameter lengths: of the rows by source, by place in `items`.
    private func assemble(
        lengths: [Int], _ items: [UInt32], _ itemCount: Int,
        fill: (UnsafeMutableBufferPointer<UInt32>, UnsafeMutableBufferPointer<Float>, [Int]) -> Void
    ) -> ItemWeights {
        var starts = [Int](repeating: 0, count: itemCount + 1)
        var covered = [UInt8](repeating: 0, count: itemCount)
        for (place, item) in items.enumerated() {
            starts[Int(item) + 1] = lengths[place]
            covered[Int(item)] = 1
        }
        for item in 0..<itemCount { starts[item + 1] += starts[item] }
        var targets: FlatArray<UInt32> = []
        let values = FlatArray<Float>(count: starts[itemCount]) { values in
            targets = FlatArray(count: starts[itemCount]) { targets in fill(targets, values, starts) }
        }
        return ItemWeights(starts: FlatArray(starts), items: targets, weights: values, covered: FlatArray(covered))
    }
}
