/// The first bytes of a file of sections, in the machine's own byte order, which is little-endian wherever Swift runs.
struct SectionFileHeader: BitwiseCopyable {
    static let byteCount = 40

    let magic: UInt64
    let version: UInt32
    let sectionCount: UInt32
    /// Of the whole file.
    let fileByteCount: UInt64
    /// Of the section table, which follows.
    let tableChecksum: UInt64
    /// Of the fields above.
    let headerChecksum: UInt64

    init(of kind: SectionFileKind, sectionCount: Int, fileByteCount: Int, tableChecksum: UInt64) {
        magic = kind.magic
        version = kind.version
        self.sectionCount = UInt32(sectionCount)
        self.fileByteCount = UInt64(fileByteCount)
        self.tableChecksum = tableChecksum
        headerChecksum = Self.checksum(magic, version, self.sectionCount, self.fileByteCount, tableChecksum)
    }

    /// - Throws: when `bytes` do not begin with the header of a file that this version reads, or end before or behind their end.
    init(reading bytes: RawSpan, as kind: SectionFileKind) throws(StoredFileError) {
        guard bytes.byteCount >= 8, bytes.unsafeLoadUnaligned(as: UInt64.self) == kind.magic else {
            throw StoredFileError(.otherKind, "this is no \(kind.name), or its first bytes are damaged", cure: kind.cure)
        }
        guard bytes.byteCount >= Self.byteCount else { throw .truncated(kind, at: bytes.byteCount) }
        self = bytes.unsafeLoadUnaligned(as: Self.self)
        let checksum = Self.checksum(magic, version, sectionCount, fileByteCount, tableChecksum)
        guard headerChecksum == checksum else { throw .damaged(kind, "header", "its checksum differs") }
        guard version == kind.version else {
            throw StoredFileError(
                .otherVersion, "the \(kind.name) has version \(version) of the format, this program reads \(kind.version)",
                cure: kind.cure)
        }
        guard UInt64(bytes.byteCount) >= fileByteCount else { throw .truncated(kind, at: bytes.byteCount) }
        guard UInt64(bytes.byteCount) == fileByteCount else {
            throw .damaged(kind, "header", "the file is longer than it says")
        }
    }

    private static func checksum(
        _ magic: UInt64, _ version: UInt32, _ sectionCount: UInt32, _ fileByteCount: UInt64, _ tableChecksum: UInt64
    ) -> UInt64 {
        let words = [magic, UInt64(version) | UInt64(sectionCount) << 32, fileByteCount, tableChecksum]
        return XXHash64.checksum(of: words.span.bytes)
    }
}
