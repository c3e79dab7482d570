/// Which of its three forms a MovieLens folder has, and where its files are.
struct MovieLensLayout {
    let ratings: TableFile
    let movies: TableFile
    /// What the films are called elsewhere; not every data set has it.
    let links: TableFile?
    let encoding: TextEncoding
    /// What the columns of flags behind the others stand for, in MovieLens 100K; nil where the genres have a column.
    let flaggedGenres: [String]?

    static let scale = RatingScale.halfStars

    /// - Throws: which file is expected where.
    init(folder: String) throws(ImportError) {
        guard MappedFile.exists(folder) else { throw ImportError(.missingFile, "there is no folder \(folder)") }
        func has(_ name: String) -> Bool { MappedFile.exists(FilePath.inside(folder, name)) }
        let isCurrent = has("ratings.csv")
        let isOldest = !isCurrent && !has("ratings.dat") && has("u.data")
        guard isCurrent || isOldest || has("ratings.dat") else {
            throw ImportError(
                .missingFile, "expected ratings.csv (or ratings.dat) in \(folder), as in an unpacked archive of MovieLens")
        }
        func table(_ name: String, columns: [String], separator: Separator) -> TableFile {
            TableFile(
                name: name, path: FilePath.inside(folder, name), columns: columns, separator: separator, hasHeader: isCurrent)
        }
        let separator: Separator = isCurrent ? .comma : .twoColons
        let ending = isCurrent ? ".csv" : ".dat"
        let genres = isOldest ? try Self.genres(in: table("u.genre", columns: ["genre", "number"], separator: .pipe)) : nil
        ratings = table(
            isOldest ? "u.data" : "ratings" + ending, columns: ["userId", "movieId", "rating", "timestamp"],
            separator: isOldest ? .tab : separator)
        movies =
            if let genres {
                table("u.item", columns: ["movieId", "title", "release", "video", "url"] + genres, separator: .pipe)
            } else {
                table("movies" + ending, columns: ["movieId", "title", "genres"], separator: separator)
            }
        guard MappedFile.exists(movies.path) else {
            throw ImportError(.missingFile, "expected \(movies.name) beside \(ratings.name) in \(folder)")
        }
        let links = table("links.csv", columns: ["movieId", "imdbId", "tmdbId"], separator: .comma)
        self.links = isCurrent && MappedFile.exists(links.path) ? links : nil
        encoding = isCurrent ? .utf8 : .utf8OrLatin1
        flaggedGenres = genres
    }

    /// The ratings, as a file to be read on all cores.
    func ratingFile(_ options: ImportOptions) throws(ImportError) -> RatingTextFile {
        let header = try ratings.header()
        let layout = RatingLayout(
            separator: ratings.separator, width: header.width, rating: 2, time: 3,
            values: .exact(Self.scale, place: "half star"))
        return RatingTextFile(
            name: ratings.name, path: ratings.path, layout: layout, headerLines: header.lines, headerByteCount: header.byteCount,
            options: options)
    }

    /// By number, the genres of MovieLens 100K.
    private static func genres(in file: TableFile) throws(ImportError) -> [String] {
        guard MappedFile.exists(file.path) else {
            throw ImportError(.missingFile, "expected \(file.name) beside u.data, as in an unpacked archive of MovieLens 100K")
        }
        var badRows = BadRowCount(maximum: 0)
        var genres: [(number: Int64, name: String)] = []
        let meter = ProgressMeter(totalBytes: 0) { _ in }
        _ = try file.read(countingIn: &badRows, progress: meter) { (fields, bytes) throws(BadRow) in
            guard let name = TextEncoding.utf8OrLatin1.text(of: fields[0], in: bytes),
                let number = bytes.integer(in: fields[1].range)
            else { throw BadRow("a genre without a number") }
            genres.append((number, name))
        }
        return genres.sorted { $0.number < $1.number }.map(\.name)
    }
}
