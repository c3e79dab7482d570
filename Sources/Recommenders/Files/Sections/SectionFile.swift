import Synchronization

/// A file of sections whose header, section table and checksums are sound. Its arrays lie in the file's own memory.
struct SectionFile<Section: FileSection>: Sendable {
    private let bytes: FlatArray<UInt8>
    private let places: [Section: Range<Int>]
    /// Of the section table, and so of all that is in the file.
    let checksum: UInt64

    init(path: String) throws(StoredFileError) {
        do {
            try self.init(MappedMemory(path: path).bytes)
        } catch let error as FileError {
            throw StoredFileError(reading: error)
        } catch let error as StoredFileError {
            throw error
        } catch {
            // The calls above throw nothing else.
            throw StoredFileError(.unreadable, "\(error)")
        }
    }

    /// Checks the header, the section table, every checksum, and that the sections fill the file without gap or overlap.
    init(_ bytes: FlatArray<UInt8>) throws(StoredFileError) {
        self.bytes = bytes
        (places, checksum) = try bytes.withUnsafeBufferPointer { (buffer) throws(StoredFileError) in
            let bytes = RawSpan(_unsafeBytes: UnsafeRawBufferPointer(buffer))
            let (entries, places, checksum) = try Self.table(of: bytes)
            try Self.check(entries, in: UnsafeRawBufferPointer(buffer))
            return (places, checksum)
        }
    }

    private static func table(
        of bytes: RawSpan
    ) throws(StoredFileError) -> (entries: [SectionFileEntry], places: [Section: Range<Int>], checksum: UInt64) {
        let kind = Section.kind
        let header = try SectionFileHeader(reading: bytes, as: kind)
        let sections = Array(Section.allCases)
        guard (sections.count - Section.optionalCount)...sections.count ~= Int(header.sectionCount) else {
            throw .damaged(kind, "header", "it says \(header.sectionCount) sections where \(sections.count) are expected")
        }
        let expected = sections.prefix(Int(header.sectionCount))
        let tableEnd = SectionFileHeader.byteCount + SectionFileEntry.byteCount * expected.count
        guard bytes.byteCount >= SectionFileEntry.padded(tableEnd) else { throw .truncated(kind, at: bytes.byteCount) }
        let table = bytes.extracting(SectionFileHeader.byteCount..<tableEnd)
        guard XXHash64.checksum(of: table) == header.tableChecksum else {
            throw .damaged(kind, "section table", "its checksum differs")
        }
        guard areZero(bytes.extracting(tableEnd..<SectionFileEntry.padded(tableEnd))) else {
            throw .damaged(kind, "section table", "a byte behind it is not 0")
        }
        var entries: [SectionFileEntry] = []
        var places: [Section: Range<Int>] = [:]
        var end = SectionFileEntry.padded(tableEnd)
        for (line, section) in expected.enumerated() {
            let entry = SectionFileEntry(reading: table.extracting(droppingFirst: line * SectionFileEntry.byteCount))
            guard entry.section == section.rawValue, entry.reserved == 0, entry.offset == UInt64(end) else {
                throw .damaged(kind, "section table", "\(section.name) is not where it belongs")
            }
            // `end` is within the file, so what remains is not negative, and what fits into it cannot overflow.
            guard entry.contentByteCount <= UInt64(bytes.byteCount - end),
                SectionFileEntry.padded(Int(entry.contentByteCount)) <= bytes.byteCount - end
            else { throw .damaged(kind, "section table", "\(section.name) ends behind the file") }
            let place = end..<end + Int(entry.contentByteCount)
            end += SectionFileEntry.padded(place.count)
            guard areZero(bytes.extracting(place.upperBound..<end)) else {
                throw .damaged(section, "a byte behind it is not 0")
            }
            entries.append(entry)
            places[section] = place
        }
        guard end == bytes.byteCount else { throw .damaged(kind, "section table", "bytes follow the last section") }
        return (entries, places, header.tableChecksum)
    }

    private static func areZero(_ bytes: RawSpan) -> Bool {
        for place in 0..<bytes.byteCount where bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self) != 0 { return false }
        return true
    }

    /// The large sections first, so that no core is left with one at the end.
    private static func check(_ entries: [SectionFileEntry], in buffer: UnsafeRawBufferPointer) throws(StoredFileError) {
        let order = entries.indices.sorted { entries[$0].contentByteCount > entries[$1].contentByteCount }
        let damaged = Mutex<Set<UInt32>>([])
        nonisolated(unsafe) let buffer = buffer
        Parallel.forEach(order.count) { number in
            let entry = entries[order[number]]
            let start = Int(entry.offset)
            let content = UnsafeRawBufferPointer(rebasing: buffer[start..<start + Int(entry.contentByteCount)])
            guard XXHash64.checksum(of: content.bytes) == entry.checksum else {
                damaged.withLock { _ = $0.insert(entry.section) }
                return
            }
        }
        let first = damaged.withLock { $0 }
        for section in Section.allCases where first.contains(section.rawValue) {
            throw .damaged(section, "its checksum differs")
        }
    }
}

extension SectionFile {
    /// The section's bytes.
    func content(of section: Section) -> FlatArray<UInt8> { bytes.part(places[section] ?? 0..<0) }

    /// How many elements of `stride` bytes the section has room for.
    func count(of section: Section, stride: Int) -> Int { (places[section] ?? 0..<0).count / stride }

    /// The section's elements, where they lie.
    ///
    /// - Throws: when they are not `count` of them.
    func elements<Element: BitwiseCopyable & Sendable>(
        _ type: Element.Type = Element.self, of section: Section, count: Int
    ) throws(StoredFileError) -> FlatArray<Element> {
        let content = content(of: section)
        let (byteCount, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflows, content.count == byteCount else {
            throw .damaged(section, "it has \(content.count) bytes, which is not \(count) elements")
        }
        return content.bound(to: type)
    }

    /// Where `count` lists start, which have `elementCount` elements together.
    func starts(of section: Section, count: Int, elementCount: Int) throws(StoredFileError) -> FlatArray<Int> {
        let starts = try elements(Int.self, of: section, count: count + 1)
        guard starts[0] == 0, starts[count] == elementCount else {
            throw .damaged(section, "it does not go from 0 to \(elementCount)")
        }
        if let index = starts.firstDescent { throw .damaged(section, "list \(index) ends before it starts") }
        return starts
    }

    /// Indices below `limit`.
    func indices(of section: Section, count: Int, below limit: Int) throws(StoredFileError) -> FlatArray<UInt32> {
        let indices = try elements(UInt32.self, of: section, count: count)
        let highest = indices.withUnsafeBufferPointer { $0.reduce(0) { Swift.max($0, $1) } }
        guard count == 0 || highest < limit else {
            throw .damaged(section, "index \(highest) where there are only \(limit)")
        }
        return indices
    }

    /// - Parameter count: how many texts there have to be; nil if any number will do.
    func texts(of section: Section, count: Int? = nil) throws(StoredFileError) -> TextTable {
        try TextTable(reading: content(of: section), count: count, section: section)
    }
}
