@testable import Recommenders

/// A ratings file whose sections can be changed, with checksums that fit again afterwards: what an attacker would write.
struct RatingsFileForgery {
    var sections: [RatingsFileSection: [UInt8]] = [:]

    init(_ bytes: [UInt8]) throws {
        let places = try RatingsFileSections(of: bytes.span.bytes)
        for section in RatingsFileSection.allCases { sections[section] = Array(bytes[places.place(of: section)]) }
    }

    /// The file, after `change` of its section table.
    func bytes(changingTable change: (inout [[UInt64]]) -> Void = { _ in }) -> [UInt8] {
        var table: [[UInt64]] = []
        var content: [UInt8] = []
        let start = RatingsFileHeader.byteCount + RatingsFileEntry.byteCount * sections.count
        for section in RatingsFileSection.allCases {
            let bytes = sections[section] ?? []
            let checksum = XXHash64.checksum(of: bytes.span.bytes)
            table.append([UInt64(section.rawValue), UInt64(start + content.count), UInt64(bytes.count), checksum])
            content += bytes + [UInt8](repeating: 0, count: RatingsFileEntry.padded(bytes.count) - bytes.count)
        }
        change(&table)
        let words = table.flatMap { $0 }
        let header = RatingsFileHeader(
            sectionCount: table.count, fileByteCount: RatingsFileHeader.byteCount + 8 * words.count + content.count,
            tableChecksum: XXHash64.checksum(of: words.span.bytes))
        return withUnsafeBytes(of: header) { Array($0) } + words.span.bytes.withUnsafeBytes { Array($0) } + content
    }

    /// Overwrites one little-endian number.
    mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int, of section: RatingsFileSection) {
        withUnsafeBytes(of: number.littleEndian) { sections[section]?.replaceSubrange(offset..<offset + $0.count, with: $0) }
    }

    static func read(_ bytes: [UInt8]) -> Result<Dataset, RatingsFileError> {
        do throws(RatingsFileError) {
            let file = try RatingsFileReader.read(bytes.span.bytes)
            return .success(file.dataset)
        } catch {
            return .failure(error)
        }
    }

    /// What reading the bytes throws; nil if nothing.
    static func failure(_ bytes: [UInt8]) -> RatingsFileError? {
        guard case .failure(let error) = read(bytes) else { return nil }
        return error
    }
}
