/// Texts in one block of bytes: how many they are and where each starts, as 64-bit numbers with one more for the end of the
/// last, then their UTF-8. The starts count from the first byte of the UTF-8.
struct TextTable {
    /// The block for `texts`.
    static func bytes(of texts: [String]) -> [UInt8] {
        var starts = [0]
        starts.reserveCapacity(texts.count + 1)
        for text in texts { starts.append(starts[starts.count - 1] + text.utf8.count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + 8 * starts.count + starts[starts.count - 1])
        for number in [texts.count] + starts {
            withUnsafeBytes(of: UInt64(number)) { bytes.append(contentsOf: $0) }
        }
        for text in texts { bytes.append(contentsOf: text.utf8) }
        return bytes
    }

    /// - Parameter expectedCount: how many texts there have to be; nil if any number will do.
    /// - Throws: when `bytes` are no such table. Takes no more memory than they and the texts need.
    static func texts(
        in bytes: RawSpan, count expectedCount: Int?, section: RatingsFileSection
    ) throws(RatingsFileError) -> [String] {
        guard bytes.byteCount >= 16 else { throw .damaged(section, "it is too short for a table of texts") }
        let storedCount = bytes.unsafeLoadUnaligned(as: UInt64.self)
        guard storedCount <= UInt64(bytes.byteCount / 8 - 2), let count = Int(exactly: storedCount),
            count == expectedCount ?? count
        else { throw .damaged(section, "it cannot hold \(storedCount) texts, or another number is expected") }
        let starts = bytes.extracting(8..<16 + 8 * count)
        let content = bytes.extracting(droppingFirst: 16 + 8 * count)
        var texts: [String] = []
        texts.reserveCapacity(count)
        var start = starts.unsafeLoadUnaligned(as: UInt64.self)
        guard start == 0 else { throw .damaged(section, "its first text does not start at its beginning") }
        for index in stride(from: 1, through: count, by: 1) {
            let end = starts.unsafeLoadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
            guard start <= end, end <= UInt64(content.byteCount) else {
                throw .damaged(section, "text \(index) ends before it starts or behind the section")
            }
            let text = content.extracting(Int(start)..<Int(end)).withUnsafeBytes { String(validating: $0, as: UTF8.self) }
            guard let text else { throw .damaged(section, "text \(index) is not UTF-8") }
            texts.append(text)
            start = end
        }
        guard start == UInt64(content.byteCount) else { throw .damaged(section, "bytes follow its last text") }
        return texts
    }
}
