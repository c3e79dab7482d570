import Synchronization

/// The rating matrix of a ratings file: where it lies, and whether it is one.
struct RatingsFileMatrix {
    let userCount: Int
    let itemCount: Int
    let ratingCount: Int
    let maximumCode: UInt8

    /// Rows or columns that one thread looks at at a time.
    private static let listsPerStep = 1024

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
        func matrix(_ timeOrder: FlatArray<UInt16>?) -> RatingMatrix {
            RatingMatrix(
                rowStarts: rows.starts, items: rows.indices, rowCodes: rows.codes, rowTimes: times, columnStarts: columns.starts,
                users: columns.indices, columnCodes: columns.codes, timeOrder: timeOrder)
        }
        guard !file.content(of: .rowTimeOrder).isEmpty else { return matrix(nil) }
        let order = try file.elements(UInt16.self, of: .rowTimeOrder, count: ratingCount)
        guard matrix(nil).isOrderedInTime(order) else {
            throw .damaged(Section.rowTimeOrder, "it is not the order of the ratings' times")
        }
        return matrix(order)
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
        let total = Mutex(RatingListSums())
        Parallel.forEachRange(of: lists.starts.count - 1, stride: Self.listsPerStep) { range in
            var sums = RatingListSums()
            lists.starts.withUnsafeBufferPointer { starts in
                lists.indices.withUnsafeBufferPointer { indices in
                    lists.codes.withUnsafeBufferPointer { codes in
                        for list in range {
                            let place = starts[list]..<starts[list + 1]
                            let entries = RatingListSums.Entries(
                                indices: UnsafeBufferPointer(rebasing: indices[place]),
                                codes: UnsafeBufferPointer(rebasing: codes[place]), limit: lists.limit, maximumCode: maximumCode)
                            // Two calls, so that neither loop asks which it is.
                            if lists.areRows {
                                sums.add(entries, seed: seed) { UInt64(list) << 32 | UInt64($0) }
                            } else {
                                sums.add(entries, seed: seed) { UInt64($0) << 32 | UInt64(list) }
                            }
                        }
                    }
                }
            }
            total.withLock { $0.add(sums) }
        }
        let result = total.withLock { $0 }
        guard result.indicesAreGood else {
            throw .damaged(indices, "the indices of a list do not ascend, or one is not below \(lists.limit)")
        }
        guard result.codesAreGood else { throw .damaged(codes, "a code is not between 1 and \(maximumCode)") }
        return result.sum
    }
}
