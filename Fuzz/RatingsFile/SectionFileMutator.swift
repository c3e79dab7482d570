/// Changes files of sections without breaking them: most of what it makes has checksums that fit, so that the checks behind them are
/// reached, which a change of single bytes never does.
struct SectionFileMutator<Section: FileSection> {
    /// In the order of the file, each with its content.
    private var contents: [[UInt8]]

    /// - Returns: nil when `bytes` are no file whose sections can be found.
    init?(_ bytes: [UInt8]) {
        let sections = Array(Section.allCases)
        guard bytes.count >= SectionFileHeader.byteCount + SectionFileEntry.byteCount * sections.count else { return nil }
        contents = []
        for line in sections.indices {
            let start = SectionFileHeader.byteCount + SectionFileEntry.byteCount * line
            let entry = SectionFileEntry(reading: bytes.span.bytes.extracting(droppingFirst: start))
            guard entry.offset <= UInt64(bytes.count), entry.contentByteCount <= UInt64(bytes.count) - entry.offset else {
                return nil
            }
            contents.append(Array(bytes[Int(entry.offset)..<Int(entry.offset + entry.contentByteCount)]))
        }
    }

    /// Changes one to three sections: numbers in them, their length, or whatever `mutateBytes` does with their bytes.
    mutating func mutate(using generator: inout SplitMix64, mutateBytes: ([UInt8]) -> [UInt8]) {
        for _ in 0..<generator.next(in: 1..<4) {
            let number = generator.next(in: 0..<contents.count)
            switch generator.next(in: 0..<8) {
            case 0...3: setNumber(in: number, width: 1 << generator.next(in: 0..<4), using: &generator)
            case 4:
                // Two numbers change places.
                let width = 1 << generator.next(in: 0..<4)
                let count = contents[number].count / width
                guard count > 1 else { continue }
                let (one, other) = (generator.next(in: 0..<count) * width, generator.next(in: 0..<count) * width)
                for byte in 0..<width { contents[number].swapAt(one + byte, other + byte) }
            case 5:
                let other = generator.next(in: 0..<contents.count)
                contents[number] = contents[other]
            default: contents[number] = mutateBytes(contents[number])
            }
        }
    }

    private mutating func setNumber(in number: Int, width: Int, using generator: inout SplitMix64) {
        let count = contents[number].count / width
        guard count > 0 else { return }
        let place = generator.next(in: 0..<count) * width
        var value: UInt64 = 0
        for byte in 0..<width { value |= UInt64(contents[number][place + byte]) << (8 * UInt64(byte)) }
        switch generator.next(in: 0..<4) {
        case 0: value &+= 1
        case 1: value &-= 1
        case 2: value = UInt64(generator.next(in: 0..<32))
        default:
            let edges: [UInt64] = [
                0, 1 << 7, 1 << 31, 1 << 32, 1 << 61, 1 << 63, Double.nan.bitPattern, Double.infinity.bitPattern,
                (1.0).bitPattern,
                (255.0).bitPattern, (-1e9).bitPattern, (1e-8).bitPattern, Double.greatestFiniteMagnitude.bitPattern,
            ]
            value = edges[generator.next(in: 0..<edges.count)] &- UInt64(generator.next(in: 0..<2))
        }
        for byte in 0..<width { contents[number][place + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte))) }
    }

    /// The file, with checksums and places that fit.
    var bytes: [UInt8] {
        var offset = SectionFileEntry.padded(SectionFileHeader.byteCount + SectionFileEntry.byteCount * contents.count)
        var table: [SectionFileEntry] = []
        for (section, content) in zip(Section.allCases, contents) {
            table.append(
                SectionFileEntry(
                    section: section.rawValue, offset: offset, contentByteCount: content.count,
                    checksum: XXHash64.checksum(of: content.span.bytes)))
            offset += SectionFileEntry.padded(content.count)
        }
        let header = SectionFileHeader(
            of: Section.kind, sectionCount: table.count, fileByteCount: offset,
            tableChecksum: XXHash64.checksum(of: table.span.bytes))
        var bytes = [header].span.bytes.withUnsafeBytes { Array($0) } + table.span.bytes.withUnsafeBytes { Array($0) }
        for content in [[]] + contents {
            bytes += content
            bytes += [UInt8](repeating: 0, count: SectionFileEntry.padded(bytes.count) - bytes.count)
        }
        return bytes
    }
}
