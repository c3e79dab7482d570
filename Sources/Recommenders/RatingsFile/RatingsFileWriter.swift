/// Writes a data set as a ratings file, the file that `kindred import` makes and all processes load.
///
/// Little-endian: a header, the table of sections, the sections in the order of `RatingsFileSection`, each at a multiple of eight
/// bytes. Header, table and every section have a checksum of their own.
package struct RatingsFileWriter {
    /// Replaces what is at `path`: readers have the old file or the whole new one, also after a power cut.
    ///
    /// - Parameter logOffset: where in the log of live ratings those begin that `dataset` does not hold yet.
    package static func write(_ dataset: Dataset, to path: String, logOffset: Int64? = nil) throws(RatingsFileError) {
        do throws(FileError) {
            var file = try FileReplacement(of: path)
            let sections = contents(of: dataset, logOffset: logOffset)
            var offset = RatingsFileHeader.byteCount + RatingsFileEntry.byteCount * sections.count
            var table: [RatingsFileEntry] = []
            for (section, content) in sections {
                let entry = content.withBytes { RatingsFileEntry(section, offset: offset, content: $0) }
                table.append(entry)
                offset += RatingsFileEntry.padded(Int(entry.contentByteCount))
            }
            let header = RatingsFileHeader(
                sectionCount: table.count, fileByteCount: offset, tableChecksum: XXHash64.checksum(of: table.span.bytes))
            try file.append([header].span.bytes)
            try file.append(table.span.bytes)
            let zeros = [UInt8](repeating: 0, count: RatingsFileEntry.alignment)
            for (_, content) in sections {
                let byteCount = content.withBytes { $0.byteCount }
                try content.withBytes { (bytes) throws(FileError) in try file.append(bytes) }
                try file.append(zeros.span.bytes.extracting(first: RatingsFileEntry.padded(byteCount) - byteCount))
            }
            try file.commit()
        } catch {
            throw RatingsFileError(writing: error)
        }
    }

    private static func contents(
        of dataset: Dataset, logOffset: Int64?
    ) -> [(section: RatingsFileSection, content: RatingsFileContent)] {
        let ratings = dataset.ratings
        let entries = dataset.catalogue.entries
        let genres = dataset.catalogue.genres
        let genreIndices = Dictionary(uniqueKeysWithValues: genres.enumerated().map { ($1, UInt32($0)) })
        // In order of name, so that the same data set always gives the same bytes.
        let links = entries.map { entry in entry.links.sorted { $0.key < $1.key } }
        let linkNames = Set(links.joined().map(\.key)).sorted()
        let linkNameIndices = Dictionary(uniqueKeysWithValues: linkNames.enumerated().map { ($1, UInt32($0)) })
        let properties = [RatingsFileProperties(dataset, logOffset: logOffset)].span.bytes.withUnsafeBytes { [UInt8]($0) }
        return [
            (.properties, .bytes(properties + TextTable.bytes(of: [dataset.name, dataset.catalogue.itemKind]))),
            (.userIDs, .bytes(TextTable.bytes(of: dataset.users.ids.map(\.rawValue)))),
            (.itemIDs, .bytes(TextTable.bytes(of: dataset.items.ids.map(\.rawValue)))),
            (.rowStarts, .starts(ratings.rowStarts)),
            (.rowItems, .indices(ratings.items)),
            (.rowCodes, .bytes(ratings.rowCodes)),
            (.columnStarts, .starts(ratings.columnStarts)),
            (.columnUsers, .indices(ratings.users)),
            (.columnCodes, .bytes(ratings.columnCodes)),
            (.titles, .bytes(TextTable.bytes(of: entries.map(\.title)))),
            (.years, .years(entries.map { $0.year.flatMap(Int32.init(exactly:)) ?? .min })),
            (.genres, .bytes(TextTable.bytes(of: genres))),
            (.genreStarts, .starts(starts(of: entries.map(\.genres.count)))),
            (.genreIndices, .indices(entries.flatMap { $0.genres.compactMap { genreIndices[$0] } })),
            (.linkNames, .bytes(TextTable.bytes(of: linkNames))),
            (.linkStarts, .starts(starts(of: links.map(\.count)))),
            (.linkNameIndices, .indices(links.joined().compactMap { linkNameIndices[$0.key] })),
            (.linkTexts, .bytes(TextTable.bytes(of: links.joined().map(\.value)))),
            (.similarStarts, .starts(dataset.similarItems.starts)),
            (.similarItems, .indices(dataset.similarItems.items)),
            (.similarScores, .scores(dataset.similarItems.scores)),
        ]
    }

    private static func starts(of counts: [Int]) -> [Int] {
        counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }
}
