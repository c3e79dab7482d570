/// Which numbers below `RawIdentifiers.smallLimit` occur, one bit each.
struct SmallNumberSet: Sendable {
    private var words: [UInt64] = []

    /// - Precondition: it is below the limit.
    mutating func insert(_ number: UInt32) {
        let word = Int(number >> 6)
        if word >= words.count {
            let limit = Int(RawIdentifiers.smallLimit >> 6)
            words.append(contentsOf: repeatElement(0, count: min(limit, max(word + 1, 2 * words.count)) - words.count))
        }
        words[word] |= 1 << UInt64(number & 63)
    }

    func contains(_ number: UInt32) -> Bool {
        let word = Int(number >> 6)
        return word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
    }

    mutating func formUnion(_ other: SmallNumberSet) {
        if words.count < other.words.count {
            words.append(contentsOf: repeatElement(0, count: other.words.count - words.count))
        }
        for (word, bits) in other.words.enumerated() { words[word] |= bits }
    }

    /// The highest number + 1; 0 for none.
    var limit: Int {
        guard let word = words.lastIndex(where: { $0 != 0 }) else { return 0 }
        return (word + 1) << 6 - words[word].leadingZeroBitCount
    }

    /// In ascending order.
    func forEach(_ body: (Int) -> Void) {
        for (word, bits) in words.enumerated() {
            var bits = bits
            while bits != 0 {
                body(word << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }
}
