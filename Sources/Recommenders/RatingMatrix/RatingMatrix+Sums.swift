extension RatingMatrix {
    /// Columns that one thread adds up at a time.
    private static let columnsPerStep = 512

    /// By item, the sum of its ratings' codes.
    ///
    /// - Complexity: O(ratings), on all cores.
    package var columnCodeSums: FlatArray<Int> {
        FlatArray(count: itemCount) { sums in
            nonisolated(unsafe) let sums = sums
            Parallel.forEachRange(of: itemCount, stride: Self.columnsPerStep) { range in
                columnStarts.withUnsafeBufferPointer { starts in
                    columnCodes.withUnsafeBufferPointer { codes in
                        for item in range {
                            sums[item] = codes[starts[item]..<starts[item + 1]].reduce(0) { $0 &+ Int($1) }
                        }
                    }
                }
            }
        }
    }
}
