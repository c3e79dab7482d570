/// Writes a file of sections beside `path` and puts it in its place at once, so that a reader finds the old file or the new one.
struct SectionFileWriter<Section: FileSection> {
    /// What each section holds; sections that are left out are empty.
    private var contents: [Section: FlatArray<UInt8>] = [:]

    mutating func set<Element>(_ section: Section, to elements: FlatArray<Element>) {
        contents[section] = elements.rawBytes
    }

    mutating func set<Element: BitwiseCopyable & Sendable>(_ section: Section, to elements: [Element]) {
        set(section, to: FlatArray(elements))
    }

    mutating func set(_ section: Section, to texts: TextTable) {
        contents[section] = FlatArray(texts.stored)
    }

    func write(to path: String) throws(StoredFileError) {
        do throws(FileError) {
            var file = try FileReplacement(of: path)
            let contents = Section.allCases.map { self.contents[$0] ?? [] }
            let checksums = FlatArray<UInt64>(count: contents.count) { checksums in
                nonisolated(unsafe) let checksums = checksums
                Parallel.forEach(contents.count) { number in
                    let checksum = contents[number].withUnsafeBufferPointer { XXHash64.checksum(of: $0.span.bytes) }
                    (checksums.baseAddress! + number).initialize(to: checksum)
                }
            }
            let tableEnd = SectionFileHeader.byteCount + SectionFileEntry.byteCount * contents.count
            var offset = SectionFileEntry.padded(tableEnd)
            var table: [SectionFileEntry] = []
            for (number, section) in Section.allCases.enumerated() {
                let byteCount = contents[number].count
                table.append(
                    SectionFileEntry(
                        section: section.rawValue, offset: offset, contentByteCount: byteCount, checksum: checksums[number]))
                offset += SectionFileEntry.padded(byteCount)
            }
            let header = SectionFileHeader(
                of: Section.kind, sectionCount: table.count, fileByteCount: offset,
                tableChecksum: XXHash64.checksum(of: table.span.bytes))
            try file.append([header].span.bytes)
            try file.append(table.span.bytes)
            try pad(&file, from: tableEnd)
            for content in contents {
                try content.withUnsafeBufferPointer { (buffer) throws(FileError) in try file.append(buffer.span.bytes) }
                try pad(&file, from: content.count)
            }
            try file.commit()
        } catch {
            throw StoredFileError(writing: error)
        }
    }

    private func pad(_ file: inout FileReplacement, from byteCount: Int) throws(FileError) {
        let zeros = [UInt8](repeating: 0, count: SectionFileEntry.padded(byteCount) - byteCount)
        try file.append(zeros.span.bytes)
    }
}
