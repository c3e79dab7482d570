/// Addresses that begin alike, as `10.0.0.0/8` has it, or a single one.
struct AddressBlock: Hashable, Sendable {
    private let start: [UInt8]
    private let bitCount: Int

    /// - Returns: nil when `text` is neither an address nor a block of them.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        start = address.bytes
        guard parts.count == 2 else {
            bitCount = 8 * start.count
            return
        }
        guard let count = Int(parts[1]), 0...8 * start.count ~= count else { return nil }
        bitCount = count
    }

    func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == start.count else { return false }
        return start.indices.allSatisfy { place in
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(max(bitCount - 8 * place, 0), 8))
            return (start[place] ^ address.bytes[place]) & mask == 0
        }
    }
}
