/// How many items are shared and nothing else, in 4 bytes.
struct SharedCount: PackedSums {
    private var shared: UInt32

    static let zero = SharedCount(shared: 0)
    static let one = SharedCount(shared: 1)

    static func += (left: inout SharedCount, right: SharedCount) { left.shared &+= right.shared }

    static func -= (left: inout SharedCount, right: SharedCount) { left.shared &-= right.shared }

    var count: Int { Int(shared) }
}
