/// Reads ratings from one table of any kind: a row for each rating, with a user, an item and perhaps a rating and a time; and perhaps
/// another table that tells what the items are.
///
/// Separator, header, columns and scale are found out from the file; `TableOptions` say otherwise. Without ratings each row says only that
/// the user has chosen the item.
package struct TableReader: Sendable {
    package var table: TableOptions
    /// So many rows may be left out as impossible; with one more the import fails.
    package var maximumBadRows: Int
    var options = ImportOptions()

    package init(_ table: TableOptions = TableOptions(), maximumBadRows: Int = 0) {
        self.table = table
        self.maximumBadRows = maximumBadRows
    }

    /// - Parameters:
    ///   - name: what the data set is to be called; by default after its file.
    ///   - progress: as in `MovieLensReader.read`.
    package func read(
        file path: String, name: String? = nil, progress: @escaping (ImportProgress) -> Void = { _ in }
    ) throws(ImportError) -> ImportedDataset {
        let fileName = FilePath.lastComponent(of: path)
        let paths = [table.itemsPath, path].compactMap { $0 }
        let meter = ProgressMeter(totalBytes: paths.reduce(0) { $0 + MappedFile.byteCount(of: $1) }, report: progress)
        let form = try form(path, name: fileName)
        var badRows = BadRowCount(maximum: maximumBadRows)
        let items = try table.itemsPath.map { (path) throws(ImportError) in
            try ItemTable(path: path).read(countingIn: &badRows, progress: meter)
        }
        var chunks = try form.file(path: path, options: options).read(countingIn: &badRows, progress: meter)
        let (scale, note) = try RatingChunk.setCodes(of: chunks, by: scaleChoice(form), name: fileName, threads: options.threads)
        let assembly = DatasetAssembly(
            name: name ?? FilePath.stem(of: path), itemKind: table.itemKind, scale: scale, scaleNote: note, options: options)
        return try assembly.dataset(of: &chunks, items: items ?? ItemList(), badRows: badRows)
    }

    /// Without ratings there is nothing to choose.
    private func scaleChoice(_ form: TableForm) -> ScaleChoice { form.layout.rating == nil ? .detected : table.scale }

    private func form(_ path: String, name: String) throws(ImportError) -> TableForm {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw ImportError(error) }
        return try file.withBytes { (bytes) throws(ImportError) in
            try TableForm(TableHead(bytes, name: name, separator: table.separator), name: name, options: table)
        }
    }
}
