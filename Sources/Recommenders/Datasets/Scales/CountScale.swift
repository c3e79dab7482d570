/// Ten places for how often somebody listened, played or bought: 6 is the usual number of times, the median of the data set; every
/// place above stands for twice as often, every place below for half as often.
///
/// Counts are spread over many orders of magnitude, and what they say grows with their order, not with themselves: the logarithm is
/// what Hu, Koren and Volinsky ("Collaborative Filtering for Implicit Feedback Datasets", 2008) take of them as well. Reckoned from
/// the median the places are about as evenly filled as those of people's ratings, in any data set, and there are as many of them as
/// of half stars, so that what is tuned for the one suits the other.
struct CountScale: Sendable {
    static let scale = RatingScale(minimum: 1, maximum: 10, step: 1)!
    private static let usualCode = 6

    /// The median of the counts, the lower one of two.
    let usual: Float
    /// From `bounds[c]` up a count has at least code `c + 2`.
    private let bounds: [Float]

    /// - Parameter usual: above 0.
    init(usual: Float) {
        self.usual = usual
        // Half a place below the place itself: the square root of a half is where rounding the logarithm changes over.
        let lowered = usual * Float(0.5).squareRoot()
        bounds = (2...10).map { lowered * Float(sign: .plus, exponent: $0 - Self.usualCode, significand: 1) }
    }

    /// - Returns: nil when the median is not above 0.
    init?(countsOf chunks: [RatingChunk], threads: Int) {
        let usual = Self.median(of: chunks, threads: threads)
        guard usual > 0 else { return nil }
        self.init(usual: usual)
    }

    func code(for count: Float) -> UInt8 {
        var code: UInt8 = 1
        for bound in bounds where count >= bound { code += 1 }
        return code
    }

    var note: String {
        let times = usual == usual.rounded() ? "\(Int(usual))" : "\(usual)"
        return "6 is the usual count, \(times); each place above stands for twice as much, each below for half"
    }

    /// A radix selection by the upper and then the lower half of the bits, which have the order of the numbers above 0.
    private static func median(of chunks: [RatingChunk], threads: Int) -> Float {
        let rank = (chunks.reduce(0) { $0 + $1.count } - 1) / 2
        let (upper, before) = digit(at: rank, of: chunks, threads: threads) { $0 >> 16 }
        let (lower, _) = digit(at: rank - before, of: chunks, threads: threads) { $0 >> 16 == upper ? $0 & 0xFFFF : nil }
        return Float(bitPattern: upper << 16 | lower)
    }

    /// The digit of the value of that rank, among those that have one, and how many have a lower digit. Negative values count as 0.
    private static func digit(
        at rank: Int, of chunks: [RatingChunk], threads: Int, _ digit: @Sendable (UInt32) -> UInt32?
    ) -> (digit: UInt32, before: Int) {
        let partial = Parallel.map(threads, threads: threads) { stripe in
            var counts = [Int](repeating: 0, count: 1 << 16)
            for number in stride(from: stripe, to: chunks.count, by: threads) {
                guard let values = chunks[number].values else { continue }
                for place in 0..<chunks[number].count {
                    if let digit = digit(max(0, values[place]).bitPattern) { counts[Int(digit)] += 1 }
                }
            }
            return counts
        }
        var before = 0
        for digit in 0..<1 << 16 {
            let count = partial.reduce(0) { $0 + $1[digit] }
            if before + count > rank { return (UInt32(digit), before) }
            before += count
        }
        return (0, 0)
    }
}
