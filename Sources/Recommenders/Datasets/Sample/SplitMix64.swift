/// Sebastiano Vigna's generator SplitMix64 (after Steele, Lea and Flood 2014): the same seed gives the same numbers on every
/// machine.
package struct SplitMix64: Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number of `range`, all equally likely but for a bias far below what is ever drawn here.
    package mutating func next(in range: Range<Int>) -> Int {
        range.lowerBound + Int(next().multipliedFullWidth(by: UInt64(range.count)).high)
    }

    /// Bell-shaped around 0, between -`reach` and `reach`: the mean of four even numbers.
    package mutating func nextAround0(reach: Int) -> Int {
        var sum = 0
        for _ in 0..<4 { sum += next(in: -reach..<reach + 1) }
        return sum / 4
    }

    /// Brings `elements` into a random order.
    package mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, next(in: 0..<last + 1))
        }
    }
}
