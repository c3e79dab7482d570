/// Reads the list of films of a MovieLens folder.
enum MovieList {
    static func read(
        _ layout: MovieLensLayout, countingIn badRows: inout BadRowCount, progress: ProgressMeter
    ) throws(ImportError) -> ItemList {
        let encoding = layout.encoding
        var movies = ItemList()
        _ = try layout.movies.read(countingIn: &badRows, progress: progress) { (fields, bytes) throws(BadRow) in
            guard movies.index(of: fields[0], in: bytes) == nil else { throw BadRow("a film that is already in the list") }
            guard let text = encoding.text(of: fields[1], in: bytes), let genres = encoding.text(of: fields[2], in: bytes) else {
                throw BadRow("text that is not UTF-8")
            }
            let title = MovieTitle(text)
            guard !title.title.isEmpty else { throw BadRow("no title") }
            let genreNames =
                if let flagged = layout.flaggedGenres {
                    Self.genres(flagged, fields.suffix(flagged.count), bytes)
                } else {
                    GenreText.genres(genres)
                }
            try movies.add(
                fields[0], in: bytes, entry: CatalogueEntry(title: title.title, year: title.year, genres: genreNames))
        }
        return movies
    }

    static func addLinks(
        from file: TableFile, to movies: inout ItemList, countingIn badRows: inout BadRowCount, progress: ProgressMeter
    ) throws(ImportError) {
        _ = try file.read(countingIn: &badRows, progress: progress) { (fields, bytes) throws(BadRow) in
            guard let movie = movies.index(of: fields[0], in: bytes) else {
                throw BadRow("a film that the list of films lacks")
            }
            guard let imdb = TextEncoding.utf8.text(of: fields[1], in: bytes),
                let tmdb = TextEncoding.utf8.text(of: fields[2], in: bytes)
            else { throw BadRow("text that is not UTF-8") }
            // IMDb's own names have the two letters that MovieLens leaves out.
            if !imdb.isEmpty { movies.setLink("imdb", to: "tt" + imdb, ofItem: movie) }
            if !tmdb.isEmpty { movies.setLink("tmdb", to: tmdb, ofItem: movie) }
        }
    }

    /// Those whose flag is 1; "unknown" is none.
    private static func genres(_ genres: [String], _ flags: ArraySlice<RowScanner.Field>, _ bytes: Span<UInt8>) -> [String] {
        zip(genres, flags).compactMap { genre, flag in
            genre != "unknown" && bytes.integer(in: flag.range) == 1 ? genre : nil
        }
    }
}
