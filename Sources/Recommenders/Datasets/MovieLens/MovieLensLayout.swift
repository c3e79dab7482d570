/// Which of its two forms a MovieLens folder has, and where its files are.
struct MovieLensLayout {
    let ratings: TableFile
    let movies: TableFile
    /// What the films are called elsewhere; not every data set has it.
    let links: TableFile?
    let encoding: TextEncoding

    /// - Throws: which file is expected where.
    init(folder: String) throws(ImportError) {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        guard MappedFile.exists(folder) else { throw ImportError(.missingFile, "there is no folder \(folder)") }
        let isCurrent = MappedFile.exists(prefix + "ratings.csv")
        guard isCurrent || MappedFile.exists(prefix + "ratings.dat") else {
            throw ImportError(
                .missingFile, "expected ratings.csv (or ratings.dat) in \(folder), as in an unpacked archive of MovieLens")
        }
        func table(_ name: String, columns: [String]) -> TableFile {
            let fullName = name + (isCurrent ? ".csv" : ".dat")
            return TableFile(
                name: fullName, path: prefix + fullName, columns: columns,
                separator: isCurrent ? .comma : .twoColons, hasHeader: isCurrent)
        }
        ratings = table("ratings", columns: ["userId", "movieId", "rating", "timestamp"])
        movies = table("movies", columns: ["movieId", "title", "genres"])
        guard MappedFile.exists(movies.path) else {
            throw ImportError(.missingFile, "expected \(movies.name) beside \(ratings.name) in \(folder)")
        }
        let links = table("links", columns: ["movieId", "imdbId", "tmdbId"])
        self.links = isCurrent && MappedFile.exists(links.path) ? links : nil
        encoding = isCurrent ? .utf8 : .utf8OrLatin1
    }
}
