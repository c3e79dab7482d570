/// What makes two users alike, as a function of sums over the items they share.
protocol SimilarityMeasure {
    associatedtype Sums: PackedSums

    /// What a rating of the profile's n-th counting item with `code` adds to the sums.
    func addend(_ n: Int, code: UInt8) -> Sums

    func similarity(to user: UInt32, _ sums: Sums) -> Double

    /// No similarity is higher, however it is rounded.
    var highest: Double { get }

    /// Calls `body` with the users of a block whose similarity may be above 0 and above what `body` returned last, in ascending order;
    /// with others too where it is not worth the while to tell.
    func forEachUser(
        from first: Int, in block: UnsafeBufferPointer<Sums>, above floor: Double, _ body: (UInt32, Sums) -> Double)
}

extension SimilarityMeasure {
    func forEachUser(
        from first: Int, in block: UnsafeBufferPointer<Sums>, above floor: Double, _ body: (UInt32, Sums) -> Double
    ) {
        for place in block.indices where block[place].count > 0 { _ = body(UInt32(first + place), block[place]) }
    }
}
