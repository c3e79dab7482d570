/// Reads a data set in any of the forms.
package struct DatasetImporter: Sendable {
    package var format: DatasetFormat
    /// Counts for tables; of it only the item's kind for lists.
    package var table: TableOptions
    package var maximumBadRows: Int

    package init(_ format: DatasetFormat, table: TableOptions = TableOptions(), maximumBadRows: Int = 0) {
        self.format = format
        self.table = table
        self.maximumBadRows = maximumBadRows
    }

    /// - Parameters:
    ///   - name: what the data set is to be called; by default after its folder or file.
    ///   - progress: called every few megabytes, from any thread but never twice at a time.
    package func read(
        _ path: String, name: String? = nil, progress: @escaping (ImportProgress) -> Void = { _ in }
    ) throws(ImportError) -> ImportedDataset {
        switch format {
        case .movielens:
            try MovieLensReader(maximumBadRows: maximumBadRows).read(folder: path, name: name, progress: progress)
        case .lastfm:
            try LastFMReader(maximumBadRows: maximumBadRows).read(folder: path, name: name, progress: progress)
        case .table:
            try TableReader(table, maximumBadRows: maximumBadRows).read(file: path, name: name, progress: progress)
        case .lists:
            try lists.read(training: path, name: name, progress: progress).imported
        }
    }

    private var lists: ListFileReader {
        var reader = ListFileReader(maximumBadRows: maximumBadRows)
        reader.itemKind = table.itemKind
        return reader
    }
}
