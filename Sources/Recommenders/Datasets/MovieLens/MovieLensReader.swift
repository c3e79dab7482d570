/// Reads a data set in the form in which GroupLens publishes MovieLens (Harper and Konstan 2015).
///
/// That is a folder with `ratings.csv`, `movies.csv` and perhaps `links.csv`; or, as before 2014, with `ratings.dat` and `movies.dat`
/// and two colons between the fields; or, as in MovieLens 100K, with `u.data`, `u.item` and `u.genre`. Users and items are numbered by
/// ascending id, numbers before other texts, so that the order of the rows makes no difference. Every film of the list of films
/// becomes an item, rated or not.
///
/// Time is linear in the files' size, on all cores; memory about 30 bytes for each rating.
package struct MovieLensReader: Sendable {
    /// So many rows may be left out as impossible; with one more the import fails.
    package var maximumBadRows: Int
    var options = ImportOptions()

    package init(maximumBadRows: Int = 0) {
        self.maximumBadRows = maximumBadRows
    }

    /// - Parameters:
    ///   - name: what the data set is to be called; by default after its folder.
    ///   - progress: called every few megabytes, from any thread but never twice at a time.
    package func read(
        folder: String, name: String? = nil, progress: @escaping (ImportProgress) -> Void = { _ in }
    ) throws(ImportError) -> ImportedDataset {
        let layout = try MovieLensLayout(folder: folder)
        let files = [layout.movies.path, layout.links?.path, layout.ratings.path].compactMap { $0 }
        let meter = ProgressMeter(totalBytes: files.reduce(0) { $0 + MappedFile.byteCount(of: $1) }, report: progress)
        var badRows = BadRowCount(maximum: maximumBadRows)
        var movies = try MovieList.read(layout, countingIn: &badRows, progress: meter)
        if let links = layout.links { try MovieList.addLinks(from: links, to: &movies, countingIn: &badRows, progress: meter) }
        let numbering = movies.numbering()
        var chunks = try layout.ratingFile(options).read(
            knownItems: ItemLookup(numbering, ids: movies.ids, source: layout.movies.name), countingIn: &badRows, progress: meter)
        let assembly = DatasetAssembly(
            name: name ?? Self.name(of: folder), itemKind: "movie", scale: MovieLensLayout.scale, options: options)
        return try assembly.dataset(of: &chunks, items: movies, numbering: numbering, badRows: badRows)
    }

    private static func name(of folder: String) -> String {
        let last = FilePath.lastComponent(of: folder)
        // The layout is MovieLens', the data need not be.
        return last.hasPrefix("ml-") ? "MovieLens \(last)" : last
    }
}
