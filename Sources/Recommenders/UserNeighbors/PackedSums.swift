/// The six sums of `CoRatings` side by side in the lanes of one vector, so that one addition advances all of them.
///
/// Every sum has as many bits as it can need while `fits` holds, so that no sum runs over into its neighbour.
protocol PackedSums: Sendable {
    static var zero: Self { get }

    /// Whether sums over up to `count` items with codes up to `maximumCode` are exact.
    static func fits(count: Int, maximumCode: UInt8) -> Bool

    /// What one user's code adds for every other user's code on the same item.
    associatedtype Addend: Sendable
    static func addend(forCode x: UInt8) -> Addend

    var isZero: Bool { get }
    mutating func add(_ addend: Addend, code y: UInt8)
    var unpacked: CoRatings { get }
}
