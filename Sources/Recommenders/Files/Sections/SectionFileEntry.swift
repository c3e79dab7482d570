/// One line of the section table: which section is where.
struct SectionFileEntry: BitwiseCopyable {
    static let byteCount = 32
    /// Sections begin at multiples of it, so that the numbers in them are aligned and no two share a line of the processor's cache; the
    /// bytes between are 0.
    static let alignment = 64

    let section: UInt32
    /// Always 0.
    let reserved: UInt32
    let offset: UInt64
    /// Without the bytes up to the next multiple of `alignment`.
    let contentByteCount: UInt64
    let checksum: UInt64

    init(section: UInt32, offset: Int, contentByteCount: Int, checksum: UInt64) {
        self.section = section
        reserved = 0
        self.offset = UInt64(offset)
        self.contentByteCount = UInt64(contentByteCount)
        self.checksum = checksum
    }

    /// - Precondition: `bytes` are a whole entry.
    init(reading bytes: RawSpan) {
        self = bytes.unsafeLoadUnaligned(as: Self.self)
    }

    /// `byteCount` and the bytes up to the next multiple of `alignment`.
    static func padded(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment * alignment }
}
