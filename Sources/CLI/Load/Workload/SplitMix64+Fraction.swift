import Recommenders

extension SplitMix64 {
    /// 0 or more, less than 1.
    mutating func nextFraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
