/// The sections of a ratings file's bytes: where they are, once that is known to be sound, and their numbers.
struct RatingsFileSections {
    private let places: [RatingsFileSection: Range<Int>]

    /// Checks the header, the section table, every checksum, and that the sections fill the file without gap or overlap.
    init(of bytes: RawSpan) throws(RatingsFileError) {
        let header = try RatingsFileHeader(reading: bytes)
        let expected = RatingsFileSection.allCases
        guard header.sectionCount == expected.count else {
            throw .damaged("header", "it says \(header.sectionCount) sections where \(expected.count) are expected")
        }
        let tableEnd = RatingsFileHeader.byteCount + RatingsFileEntry.byteCount * expected.count
        guard bytes.byteCount >= tableEnd else { throw .truncated(at: bytes.byteCount) }
        let table = bytes.extracting(RatingsFileHeader.byteCount..<tableEnd)
        guard XXHash64.checksum(of: table) == header.tableChecksum else {
            throw .damaged("section table", "its checksum differs")
        }

        var places: [RatingsFileSection: Range<Int>] = [:]
        var end = tableEnd
        for (line, section) in expected.enumerated() {
            let entry = RatingsFileEntry(reading: table.extracting(droppingFirst: line * RatingsFileEntry.byteCount))
            guard entry.section == section.rawValue, entry.reserved == 0, entry.offset == UInt64(end) else {
                throw .damaged("section table", "\(section.name) is not where it belongs")
            }
            // `end` is within the file, so what remains is not negative, and what fits into it cannot overflow.
            guard entry.contentByteCount <= UInt64(bytes.byteCount - end),
                RatingsFileEntry.padded(Int(entry.contentByteCount)) <= bytes.byteCount - end
            else { throw .damaged("section table", "\(section.name) ends behind the file") }
            let place = end..<end + Int(entry.contentByteCount)
            end += RatingsFileEntry.padded(place.count)
            guard XXHash64.checksum(of: bytes.extracting(place)) == entry.checksum else {
                throw .damaged(section, "its checksum differs")
            }
            for padding in place.upperBound..<end where bytes.unsafeLoad(fromByteOffset: padding, as: UInt8.self) != 0 {
                throw .damaged(section, "a byte behind it is not 0")
            }
            places[section] = place
        }
        guard end == bytes.byteCount else { throw .damaged("section table", "bytes follow the last section") }
        self.places = places
    }

    /// The section's bytes, as a place in the file's.
    func place(of section: RatingsFileSection) -> Range<Int> { places[section] ?? 0..<0 }

    /// The section's elements.
    ///
    /// - Throws: when they are not `count` of them.
    func elements<Element: BitwiseCopyable>(
        _ type: Element.Type = Element.self, of section: RatingsFileSection, in bytes: RawSpan, count: Int
    ) throws(RatingsFileError) -> [Element] {
        let content = bytes.extracting(place(of: section))
        let (byteCount, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflows, content.byteCount == byteCount else {
            throw .damaged(section, "it has \(content.byteCount) bytes, which is not \(count) elements")
        }
        return [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            content.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            initializedCount = count
        }
    }

    /// Where `count` lists start, which have `elementCount` elements together.
    func starts(
        of section: RatingsFileSection, in bytes: RawSpan, count: Int, elementCount: Int
    ) throws(RatingsFileError) -> [Int] {
        let starts = try elements(Int.self, of: section, in: bytes, count: count + 1)
        guard starts[0] == 0, starts[count] == elementCount else {
            throw .damaged(section, "it does not go from 0 to \(elementCount)")
        }
        for index in 0..<count where starts[index] > starts[index + 1] {
            throw .damaged(section, "list \(index) ends before it starts")
        }
        return starts
    }

    /// Indices below `limit`.
    func indices(
        of section: RatingsFileSection, in bytes: RawSpan, count: Int, below limit: Int
    ) throws(RatingsFileError) -> [UInt32] {
        let indices = try elements(UInt32.self, of: section, in: bytes, count: count)
        for index in indices where index >= limit {
            throw .damaged(section, "index \(index) where there are only \(limit)")
        }
        return indices
    }

    func texts(of section: RatingsFileSection, in bytes: RawSpan, count: Int? = nil) throws(RatingsFileError) -> [String] {
        try TextTable.texts(in: bytes.extracting(place(of: section)), count: count, section: section)
    }

    /// How many elements of `stride` bytes the section has room for.
    func count(of section: RatingsFileSection, stride: Int) -> Int { place(of: section).count / stride }
}
