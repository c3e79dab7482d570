/// The first bytes of a ratings file, in the machine's own byte order, which is little-endian wherever Swift runs.
struct RatingsFileHeader: BitwiseCopyable {
    static let byteCount = 40
    /// Begins with a byte that no text begins with and holds both line ends, so that a transfer as text shows (as PNG does it).
    static let magic = UInt64(littleEndian: 0x0A0D_5352_444E_4BE7)
    static let version: UInt32 = 1

    let magic: UInt64
    let version: UInt32
    let sectionCount: UInt32
    /// Of the whole file.
    let fileByteCount: UInt64
    /// Of the section table, which follows.
    let tableChecksum: UInt64
    /// Of the fields above.
    let headerChecksum: UInt64

    init(sectionCount: Int, fileByteCount: Int, tableChecksum: UInt64) {
        magic = Self.magic
        version = Self.version
        self.sectionCount = UInt32(sectionCount)
        self.fileByteCount = UInt64(fileByteCount)
        self.tableChecksum = tableChecksum
        headerChecksum = Self.checksum(magic, version, self.sectionCount, self.fileByteCount, tableChecksum)
    }

    /// - Throws: when `bytes` do not begin with the header of a file that this version reads, or end before or behind their end.
    init(reading bytes: RawSpan) throws(RatingsFileError) {
        guard bytes.byteCount >= 8, bytes.unsafeLoadUnaligned(as: UInt64.self) == Self.magic else {
            throw RatingsFileError(.notARatingsFile, "this is no ratings file, or its first bytes are damaged")
        }
        guard bytes.byteCount >= Self.byteCount else { throw .truncated(at: bytes.byteCount) }
        self = bytes.unsafeLoadUnaligned(as: Self.self)
        let checksum = Self.checksum(magic, version, sectionCount, fileByteCount, tableChecksum)
        guard headerChecksum == checksum else { throw .damaged("header", "its checksum differs") }
        guard version == Self.version else {
            throw RatingsFileError(
                .otherVersion, "the file has version \(version) of the format, this program reads \(Self.version)")
        }
        guard UInt64(bytes.byteCount) >= fileByteCount else { throw .truncated(at: bytes.byteCount) }
        guard UInt64(bytes.byteCount) == fileByteCount else { throw .damaged("header", "the file is longer than it says") }
    }

    private static func checksum(
        _ magic: UInt64, _ version: UInt32, _ sectionCount: UInt32, _ fileByteCount: UInt64, _ tableChecksum: UInt64
    ) -> UInt64 {
        let words = [magic, UInt64(version) | UInt64(sectionCount) << 32, fileByteCount, tableChecksum]
        return XXHash64.checksum(of: words.span.bytes)
    }
}
