/// The forms in which data sets are read.
package enum DatasetFormat: String, Sendable, CaseIterable {
    /// A folder as `MovieLensReader` reads it.
    case movielens
    /// A folder as `LastFMReader` reads it.
    case lastfm
    /// A file with a row for each rating: `TableReader`.
    case table
    /// A file with a row for each user: `ListFileReader`.
    case lists

    /// - Throws: when nothing that can be read is there.
    package init(of path: String) throws(ImportError) {
        guard MappedFile.exists(path) else { throw ImportError(.missingFile, "there is no file or folder \(path)") }
        func has(_ name: String) -> Bool { MappedFile.exists(FilePath.inside(path, name)) }
        if ["ratings.csv", "ratings.dat", "u.data"].contains(where: has) {
            self = .movielens
        } else if has(LastFMReader.ratingsName) {
            self = .lastfm
        } else {
            let file: MappedFile
            do {
                file = try MappedFile(path: path)
            } catch {
                guard error.isFolder else { throw ImportError(error) }
                throw ImportError(
                    .missingFile, "expected ratings.csv, ratings.dat, u.data or \(LastFMReader.ratingsName) in the folder \(path)"
                )
            }
            self = file.withBytes { Self.areLists($0) } ? .lists : .table
        }
    }

    /// Whether no separator splits the rows alike and all fields between spaces are whole numbers.
    private static func areLists(_ bytes: Span<UInt8>) -> Bool {
        guard (try? TableHead(bytes, name: "")) == nil else { return false }
        let rows = TableHead.fields(bytes, .spaces)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return !rows.isEmpty && rows.joined().allSatisfy { field in field.utf8.allSatisfy { digits ~= $0 } }
    }
}
