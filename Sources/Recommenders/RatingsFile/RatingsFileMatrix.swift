import Synchronization

/// The rating matrix of a ratings file: where it lies, and whether it is one.
struct RatingsFileMatrix {
    let userCount: Int
    let itemCount: Int
    let ratingCount: Int
    let maximumCode: UInt8

    /// Rows or columns that one thread looks at at a time.
    private static let listsPerStep = 4096

    private typealias Section = RatingsFileSection

    func read(from file: SectionFile<RatingsFileSection>) throws(StoredFileError) -> RatingMatrix {
        let rows = Lists(
            starts: try file.starts(of: .rowStarts, count: userCount, elementCount: ratingCount),
            indices: try file.elements(of: .rowItems, count: ratingCount),
            codes: try file.elements(of: .rowCodes, count: ratingCount), limit: itemCount, areRows: true)
        let columns = Lists(
            starts: try file.starts(of: .columnStarts, count: itemCount, elementCount: ratingCount),
            indices: try file.elements(of: .columnUsers, count: ratingCount),
            codes: try file.elements(of: .columnCodes, count: ratingCount), limit: userCount, areRows: false)
        let times = try file.elements(UInt32.self, of: .rowTimes, count: ratingCount)
        // Not to be known by whoever forges a file.
        let seed = UInt64.random(in: .min ... .max)
        let rowSum = try check(rows, seed, indices: .rowItems, codes: .rowCodes)
        let columnSum = try check(columns, seed, indices: .columnUsers, codes: .columnCodes)
        guard rowSum == columnSum else { throw .damaged(Section.columnUsers, "the columns do not hold what the rows hold") }
        return RatingMatrix(
            rowStarts: rows.starts, items: rows.indices, rowCodes: rows.codes, rowTimes: times, columnStarts: columns.starts,
            users: columns.indices, columnCodes: columns.codes)
    }

    /// The rows of a matrix, or its columns.
    private struct Lists {
        let starts: FlatArray<Int>
        let indices: FlatArray<UInt32>
        let codes: FlatArray<UInt8>
        /// All indices are below it.
        let limit: Int
        let areRows: Bool
    }

    /// - Returns: a sum over all ratings that is the same for rows and columns if they hold the same ratings, and by chance only if not.
    private func check(
        _ lists: Lists, _ seed: UInt64, indices: Section, codes: Section
    ) throws(StoredFileError) -> UInt64 {
        struct Outcome {
            var sum: UInt64 = 0
            var hasBadIndex = false
            var hasBadCode = false
        }
        let outcome = Mutex(Outcome())
        let limit = UInt32(lists.limit)
        Parallel.forEachRange(of: lists.starts.count - 1, stride: Self.listsPerStep) { range in
            var sum: UInt64 = 0
            var codesAreGood = true
            var indicesAreGood = true
            lists.starts.withUnsafeBufferPointer { starts in
                lists.indices.withUnsafeBufferPointer { indices in
                    lists.codes.withUnsafeBufferPointer { codes in
                        for list in range {
                            var next: UInt32 = 0
                            for place in starts[list]..<starts[list + 1] {
                                let index = indices[place]
                                let code = codes[place]
                                indicesAreGood = indicesAreGood && index >= next && index < limit
                                next = index &+ 1
                                codesAreGood = codesAreGood && code &- 1 < maximumCode
                                let list = UInt64(UInt32(truncatingIfNeeded: list))
                                let pair = lists.areRows ? list << 32 | UInt64(index) : UInt64(index) << 32 | list
                                sum &+= Self.mixed(pair ^ seed, with: UInt64(code))
                            }
                        }
                    }
                }
            }
            outcome.withLock {
                $0.sum &+= sum
                $0.hasBadCode = $0.hasBadCode || !codesAreGood
                $0.hasBadIndex = $0.hasBadIndex || !indicesAreGood
            }
        }
        let result = outcome.withLock { $0 }
        guard !result.hasBadIndex else {
            throw .damaged(indices, "the indices of a list do not ascend, or one is not below \(lists.limit)")
        }
        guard !result.hasBadCode else { throw .damaged(codes, "a code is not between 1 and \(maximumCode)") }
        return result.sum
    }

    /// Bits of which each depends on all given ones (the finalizer of SplitMix64; Steele, Lea and Flood 2014).
    private static func mixed(_ pair: UInt64, with code: UInt64) -> UInt64 {
        var bits = pair &* 0x9E37_79B9_7F4A_7C15 &+ code &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
