/// Reads the Last.fm data set of HetRec 2011 (Cantador, Brusilovsky and Kuflik 2011): how often people listened to artists.
///
/// That is a folder with `user_artists.dat` (user, artist, listening count) and `artists.dat` (id, name, address, picture), separated
/// by tabs, with or without a header. Counts become places on a `CountScale`. Artists that are listened to and not listed are called as
/// their ids are.
package struct LastFMReader: Sendable {
    /// So many rows may be left out as impossible; with one more the import fails.
    package var maximumBadRows: Int
    var options = ImportOptions()

    static let ratingsName = "user_artists.dat"
    static let artistsName = "artists.dat"

    package init(maximumBadRows: Int = 0) {
        self.maximumBadRows = maximumBadRows
    }

    /// See `MovieLensReader.read`.
    package func read(
        folder: String, name: String? = nil, progress: @escaping (ImportProgress) -> Void = { _ in }
    ) throws(ImportError) -> ImportedDataset {
        let ratings = try file(Self.ratingsName, in: folder, columns: ["userID", "artistID", "weight"])
        let artists = try file(Self.artistsName, in: folder, columns: ["id", "name", "url", "pictureURL"])
        let meter = ProgressMeter(
            totalBytes: MappedFile.byteCount(of: artists.path) + MappedFile.byteCount(of: ratings.path), report: progress)
        var badRows = BadRowCount(maximum: maximumBadRows)
        let items = try Self.read(artists, countingIn: &badRows, progress: meter)
        let header = try ratings.header()
        let layout = RatingLayout(separator: .tab, width: header.width, rating: 2, values: .numbers, trimsSpaces: true)
        var chunks = try RatingTextFile(
            name: ratings.name, path: ratings.path, layout: layout, headerLines: header.lines, headerByteCount: header.byteCount,
            options: options
        ).read(countingIn: &badRows, progress: meter)
        let (scale, note) = try RatingChunk.setCodes(of: chunks, by: .counts, name: ratings.name, threads: options.threads)
        let assembly = DatasetAssembly(
            name: name ?? "Last.fm \(FilePath.lastComponent(of: folder))", itemKind: "artist", scale: scale, scaleNote: note,
            options: options)
        return try assembly.dataset(of: &chunks, items: items, badRows: badRows)
    }

    /// A file whose first line may or may not be a header.
    private func file(_ name: String, in folder: String, columns: [String]) throws(ImportError) -> TableFile {
        let path = FilePath.inside(folder, name)
        guard MappedFile.exists(path) else { throw ImportError(.missingFile, "expected \(name) in \(folder), as in HetRec 2011") }
        let withHeader = TableFile(name: name, path: path, columns: columns, separator: .tab, hasHeader: true)
        do {
            _ = try withHeader.header()
            return withHeader
        } catch {
            return TableFile(name: name, path: path, columns: columns, separator: .tab, hasHeader: false)
        }
    }

    private static func read(
        _ file: TableFile, countingIn badRows: inout BadRowCount, progress: ProgressMeter
    ) throws(ImportError) -> ItemList {
        let pages = "/music/"
        var artists = ItemList()
        _ = try file.read(countingIn: &badRows, progress: progress) { (fields, bytes) throws(BadRow) in
            let id = fields[0].trimmed(in: bytes)
            guard artists.index(of: id, in: bytes) == nil else { throw BadRow("an artist who is already in the list") }
            let texts = fields.map { TextEncoding.utf8OrLatin1.text(of: $0, in: bytes) ?? "" }
            var entry = CatalogueEntry(title: texts[1].isEmpty ? texts[0] : texts[1])
            // What stands behind it is the artist's name among the site's own.
            if let page = texts[2].ranges(of: pages).first.map({ String(texts[2][$0.upperBound...]) }), !page.isEmpty {
                entry.links["lastfm"] = page
            }
            try artists.add(id, in: bytes, entry: entry)
        }
        return artists
    }
}
