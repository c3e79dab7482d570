/// A 64-bit digest (FNV-1a) that is the same in every process: for page tokens and entity tags, not for secrets.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init(_ parts: String...) {
        for part in parts {
            add(part.utf8)
            add([0xFF])  // occurs in no UTF-8, so no two lists of parts look alike
        }
    }

    init(_ bytes: [UInt8]) { add(bytes) }

    var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
