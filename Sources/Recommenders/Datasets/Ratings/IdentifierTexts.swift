/// Different byte sequences, numbered in the order in which they were added (open addressing, linear probing).
struct IdentifierTexts {
    private var bytes: [UInt8] = []
    /// Text `t` is `bytes[starts[t] ..< starts[t + 1]]`.
    private var starts = [0]
    /// The upper half of a text's hash above its number + 1; 0 for a free place. Their count is a power of two.
    private var slots: [UInt64] = []

    var count: Int { starts.count - 1 }

    func withBytes<Result>(of number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[starts[number]..<starts[number + 1]])) }
    }

    /// - Returns: nil for a text that was never added.
    func number(of text: Span<UInt8>) -> UInt32? {
        guard !slots.isEmpty else { return nil }
        let slot = slots[place(of: text, hash: XXHash64.checksum(of: text.bytes))]
        return slot == 0 ? nil : UInt32(truncatingIfNeeded: slot) - 1
    }

    mutating func add(_ text: Span<UInt8>) -> UInt32 {
        if 2 * (count + 1) > slots.count { grow() }
        let hash = XXHash64.checksum(of: text.bytes)
        let place = place(of: text, hash: hash)
        if slots[place] != 0 { return UInt32(truncatingIfNeeded: slots[place]) - 1 }
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        starts.append(bytes.count)
        slots[place] = (hash & ~0xFFFF_FFFF) | UInt64(count)
        return UInt32(count - 1)
    }

    /// Where the text is, or the free place where it would be.
    private func place(of text: Span<UInt8>, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0 {
            if slots[place] >> 32 == hash >> 32 && isEqual(Int(UInt32(truncatingIfNeeded: slots[place])) - 1, to: text) { break }
            place = (place + 1) & mask
        }
        return place
    }

    private func isEqual(_ number: Int, to text: Span<UInt8>) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == text.count else { return false }
        for place in 0..<text.count where bytes[start + place] != text[place] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt64](repeating: 0, count: max(64, 2 * slots.count))
        let mask = slots.count - 1
        for number in 0..<count {
            let hash = withBytes(of: number) { XXHash64.checksum(of: $0.span.bytes) }
            var place = Int(truncatingIfNeeded: hash) & mask
            while slots[place] != 0 { place = (place + 1) & mask }
            slots[place] = (hash & ~0xFFFF_FFFF) | UInt64(number + 1)
        }
    }
}
