/// One line of the section table: which section is where.
struct RatingsFileEntry: BitwiseCopyable {
    static let byteCount = 32
    /// Sections begin at multiples of it, so that the numbers in them are aligned; the bytes between are 0.
    static let alignment = 8

    let section: UInt32
    /// Always 0.
    let reserved: UInt32
    let offset: UInt64
    /// Without the bytes up to the next multiple of `alignment`.
    let contentByteCount: UInt64
    let checksum: UInt64

    init(_ section: RatingsFileSection, offset: Int, content: RawSpan) {
        self.section = section.rawValue
        reserved = 0
        self.offset = UInt64(offset)
        contentByteCount = UInt64(content.byteCount)
        checksum = XXHash64.checksum(of: content)
    }

    /// - Precondition: `bytes` are a whole entry.
    init(reading bytes: RawSpan) {
        self = bytes.unsafeLoadUnaligned(as: Self.self)
    }

    /// `byteCount` and the bytes up to the next multiple of `alignment`.
    static func padded(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment * alignment }
}
