/// What makes two users alike, as a function of sums over the items they share.
protocol SimilarityMeasure {
    associatedtype Sums: PackedSums

    /// What a rating of the profile's n-th counting item with `code` adds to the sums.
    func addend(_ n: Int, code: UInt8) -> Sums

    func similarity(to user: UInt32, _ sums: Sums) -> Double

    /// No similarity is higher, however it is rounded.
    var highest: Double { get }
}
