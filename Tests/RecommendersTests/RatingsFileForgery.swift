@testable import Recommenders

/// A ratings file whose sections can be changed, with checksums that fit again afterwards: what an attacker would write.
struct RatingsFileForgery {
    var sections: [RatingsFileSection: [UInt8]] = [:]

    init(_ bytes: [UInt8]) throws {
        for (section, place) in Self.places(in: bytes) { sections[section] = Array(bytes[place]) }
    }

    /// Where an undamaged file's sections are, without the padding behind them.
    static func places(in bytes: [UInt8]) -> [(section: RatingsFileSection, place: Range<Int>)] {
        RatingsFileSection.allCases.enumerated().map { line, section in
            let start = SectionFileHeader.byteCount + SectionFileEntry.byteCount * line
            let entry = SectionFileEntry(reading: bytes.span.bytes.extracting(droppingFirst: start))
            return (section, Int(entry.offset)..<Int(entry.offset + entry.contentByteCount))
        }
    }

    /// The file, after `change` of its section table: lines of section, offset, bytes and checksum.
    ///
    /// - Parameter leavingOut: so many sections at the end are not in it.
    func bytes(leavingOut: Int = 0, changingTable change: (inout [[UInt64]]) -> Void = { _ in }) -> [UInt8] {
        var table: [[UInt64]] = []
        var content: [UInt8] = []
        let all = RatingsFileSection.allCases.dropLast(leavingOut)
        let start = SectionFileEntry.padded(SectionFileHeader.byteCount + SectionFileEntry.byteCount * all.count)
        for section in all {
            let bytes = sections[section] ?? []
            let checksum = XXHash64.checksum(of: bytes.span.bytes)
            table.append([UInt64(section.rawValue), UInt64(start + content.count), UInt64(bytes.count), checksum])
            content += Self.padded(bytes)
        }
        change(&table)
        let words = table.flatMap { $0 }
        let headByteCount = SectionFileEntry.padded(SectionFileHeader.byteCount + 8 * words.count)
        let header = SectionFileHeader(
            of: RatingsFileSection.kind, sectionCount: table.count,
            fileByteCount: headByteCount + content.count,
            tableChecksum: XXHash64.checksum(of: words.span.bytes))
        let head = withUnsafeBytes(of: header) { Array($0) } + words.span.bytes.withUnsafeBytes { Array($0) }
        return Self.padded(head) + content
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: SectionFileEntry.padded(bytes.count) - bytes.count)
    }

    /// Overwrites one little-endian number.
    mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int, of section: RatingsFileSection) {
        withUnsafeBytes(of: number.littleEndian) { sections[section]?.replaceSubrange(offset..<offset + $0.count, with: $0) }
    }

    /// Other ids, and the order that goes with them.
    mutating func setUserIDs(_ ids: [String]) {
        sections[.userIDs] = TextTable(ids).stored
        let order = ids.indices.sorted { ids[$0].utf8.lexicographicallyPrecedes(ids[$1].utf8) }
        for (place, index) in order.enumerated() { set(UInt32(index), at: 4 * place, of: .userOrder) }
    }

    static func read(_ bytes: [UInt8]) -> Result<Dataset, StoredFileError> {
        do throws(StoredFileError) {
            return .success(try RatingsFileReader.read(SectionFile(FlatArray(bytes))))
        } catch {
            return .failure(error)
        }
    }

    /// What reading the bytes throws; nil if nothing.
    static func failure(_ bytes: [UInt8]) -> StoredFileError? {
        guard case .failure(let error) = read(bytes) else { return nil }
        return error
    }
}
