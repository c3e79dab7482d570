import Glibc

/// The standard normal distribution.
enum NormalDistribution {
    /// How far from 0 on either side a value lies with this probability, at most 1: 1.96 for 0.05.
    static func twoSidedQuantile(_ probability: Double) -> Double {
        var (low, high) = (0.0, 40.0)
        // erfc falls, and halving finds its value to the last digit.
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if erfc(middle / 2.0.squareRoot()) > probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
