/// The form of a backup, in little-endian numbers.
///
/// | part | bytes |
/// | --- | --- |
/// | head | magic 8, version 4, zeros 4, the moment in milliseconds 8 |
/// | block, any number of them | length of its records 4 (never 0), checksum 8, records |
/// | end | zeros 4, keys 8, entries 8, checksum 8 |
///
/// A record is the kind's number (1), the number of its entries (4), the key, then by turns field and value, each after its length (4).
/// A checksum is the XXH64 of the part, seeded with the checksum before it, so that no block can be missing or out of its place.
enum BackupFormat {
    /// "KINDREDB"
    static let magic: UInt64 = 0x4244_4552_444E_494B
    static let version: UInt32 = 1
    static let headByteCount = 24
    static let blockHeadByteCount = 12
    static let endByteCount = 28
    /// A block is written when it has grown to this.
    static let blockByteCount = 1 << 20
    /// What no block of ours reaches; more is damage, and not to be given memory.
    static let maximumBlockByteCount = 1 << 26
}

extension [UInt8] {
    mutating func append(number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// A text after its length.
    mutating func append(text: ArraySlice<UInt8>) {
        append(number: UInt32(text.count))
        append(contentsOf: text)
    }
}

/// Takes numbers and texts off the front of bytes; nil when there are not enough.
struct BackupFields {
    private let bytes: [UInt8]
    private(set) var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
        let size = MemoryLayout<Number>.size
        guard bytes.count - place >= size else { return nil }
        defer { place += size }
        return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self)) }
    }

    mutating func text() -> ArraySlice<UInt8>? {
        guard let count = number(UInt32.self), bytes.count - place >= Int(count) else { return nil }
        defer { place += Int(count) }
        return bytes[place..<place + Int(count)]
    }
}
