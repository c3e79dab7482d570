/// Reads a table that tells what items are: a row of names, then a row for each item. Columns are known by `ColumnNames`; only the
/// ids' has to be there. Several genres of one item have `|` between them.
///
/// Without a column of years the year is taken off the title, as MovieLens has it: "Toy Story (1995)". An item without a title is called
/// as its id is.
struct ItemTable {
    let path: String

    func read(countingIn badRows: inout BadRowCount, progress: ProgressMeter) throws(ImportError) -> ItemList {
        let name = FilePath.lastComponent(of: path)
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw ImportError(error) }
        let head = try file.withBytes { (bytes) throws(ImportError) in try TableHead(bytes, name: name) }
        let finder = ColumnFinder(name: name, header: head.rows.first ?? [], width: head.width)
        guard let id = try finder.column(.itemIDs, asked: nil) else { throw finder.missing(.itemIDs) }
        let (title, year, genres) = (
            try finder.column(.titles, asked: nil), try finder.column(.years, asked: nil), try finder.column(.genres, asked: nil)
        )
        let table = TableFile(
            name: name, path: path, columns: [], separator: head.separator, hasHeader: true)
        var items = ItemList()
        _ = try table.read(countingIn: &badRows, progress: progress) { (fields, bytes) throws(BadRow) in
            let idField = fields[id].trimmed(in: bytes)
            guard items.index(of: idField, in: bytes) == nil else { throw BadRow("an item that is already in the list") }
            func text(_ column: Int?) -> String {
                column.flatMap { TextEncoding.utf8OrLatin1.text(of: fields[$0].trimmed(in: bytes), in: bytes) } ?? ""
            }
            let written = MovieTitle(text(title), takesYear: year == nil)
            let entry = CatalogueEntry(
                title: written.title.isEmpty ? text(id) : written.title, year: written.year ?? Int(text(year)),
                genres: GenreText.genres(text(genres)))
            try items.add(idField, in: bytes, entry: entry)
        }
        return items
    }
}
