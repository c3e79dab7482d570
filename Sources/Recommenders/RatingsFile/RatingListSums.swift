/// What is found out about a matrix's rows, or its columns, by going over them once.
struct RatingListSums {
    /// One row or column.
    struct Entries {
        let indices: UnsafeBufferPointer<UInt32>
        let codes: UnsafeBufferPointer<UInt8>
        /// All indices are below it.
        let limit: Int
        let maximumCode: UInt8
    }

    /// Over all ratings, of a number that depends on user and item, times the code. Whether two matrices hold the same ratings shows in it but for
    /// chance, in whatever order they are gone over (a multilinear hash; Carter and Wegman 1979).
    private(set) var sum: UInt64 = 0
    /// Below 0 once a list did not ascend strictly or had an index that is not below the limit.
    private var indexMargins = 0
    /// Below 0 once a code was 0 or above the highest.
    private var codeMargins = 0

    var indicesAreGood: Bool { indexMargins >= 0 }
    var codesAreGood: Bool { codeMargins >= 0 }

    /// - Parameter pair: the rating's user in the upper half and its item in the lower, from an index in the list.
    @inline(__always)
    mutating func add(_ entries: Entries, seed: UInt64, pair: (UInt32) -> UInt64) {
        let highest = Int(entries.maximumCode)
        // The loop has no branches: the sign of what is gathered tells afterwards.
        var sum = sum
        var indexMargins = indexMargins
        var codeMargins = codeMargins
        var previous = -1
        for place in entries.indices.indices {
            let index = entries.indices[place]
            let code = Int(entries.codes[place])
            indexMargins |= Int(index) &- previous &- 1
            previous = Int(index)
            codeMargins |= (code &- 1) | (highest &- code)
            sum &+= Self.mixed(pair(index) ^ seed) &* UInt64(code)
        }
        self.sum = sum
        // The last is the highest if they ascend.
        self.indexMargins = indexMargins | (entries.limit &- 1 &- previous)
        self.codeMargins = codeMargins
    }

    mutating func add(_ other: RatingListSums) {
        sum &+= other.sum
        indexMargins |= other.indexMargins
        codeMargins |= other.codeMargins
    }

    /// Bits of which each depends on all given ones: the two halves of a product, folded (as wyhash has it; Wang Yi 2019). The processor has no
    /// wider instruction for it, which is well: the compiler leaves the loop as it is.
    @inline(__always)
    private static func mixed(_ pair: UInt64) -> UInt64 {
        let product = pair.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}
