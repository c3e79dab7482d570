/// The films of a MovieLens folder in the order of its list of films.
struct MovieList {
    private(set) var ids = IdentifierTable()
    /// By index in `ids`.
    private(set) var entries: [CatalogueEntry] = []

    init(_ layout: MovieLensLayout, countingIn badRows: inout BadRowCount, progress: (Int) -> Void) throws(ImportError) {
        let encoding = layout.encoding
        _ = try layout.movies.read(countingIn: &badRows, progress: progress) { (fields, bytes, _) throws(BadRow) in
            guard ids.index(of: fields[0], in: bytes) == nil else { throw BadRow("a film that is already in the list") }
            guard let text = encoding.text(of: fields[1], in: bytes), let genres = encoding.text(of: fields[2], in: bytes) else {
                throw BadRow("text that is not UTF-8")
            }
            let title = MovieTitle(text)
            guard !title.title.isEmpty else { throw BadRow("no title") }
            _ = try ids.add(fields[0], in: bytes)
            entries.append(CatalogueEntry(title: title.title, year: title.year, genres: Self.genres(genres)))
        }
    }

    mutating func addLinks(
        from file: TableFile, countingIn badRows: inout BadRowCount, progress: (Int) -> Void
    ) throws(ImportError) {
        _ = try file.read(countingIn: &badRows, progress: progress) { (fields, bytes, _) throws(BadRow) in
            guard let movie = ids.index(of: fields[0], in: bytes) else { throw BadRow("a film that the list of films lacks") }
            guard let imdb = TextEncoding.utf8.text(of: fields[1], in: bytes),
                let tmdb = TextEncoding.utf8.text(of: fields[2], in: bytes)
            else { throw BadRow("text that is not UTF-8") }
            // IMDb's own names have the two letters that MovieLens leaves out.
            if !imdb.isEmpty { entries[Int(movie)].links["imdb"] = "tt" + imdb }
            if !tmdb.isEmpty { entries[Int(movie)].links["tmdb"] = tmdb }
        }
    }

    /// "Adventure|Comedy" taken apart; "(no genres listed)" is none.
    private static func genres(_ text: String) -> [String] {
        guard text != "(no genres listed)" else { return [] }
        var genres: [String] = []
        for genre in text.split(separator: "|") where !genres.contains(String(genre)) { genres.append(String(genre)) }
        return genres
    }
}
