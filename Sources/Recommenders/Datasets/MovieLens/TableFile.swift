/// One text file of a data set, with a row on each line.
struct TableFile {
    /// For people; `path` is where it is.
    let name: String
    let path: String
    /// What the columns are called. With `hasHeader` the first line has to begin with these names.
    let columns: [String]
    let separator: RowScanner.Separator
    let hasHeader: Bool

    /// Rows between two reports of progress.
    private static let rowsPerReport = 1 << 17

    /// Hands every row to `take`; a row that has another number of fields than the header, or that `take` refuses, is counted in
    /// `badRows`.
    ///
    /// - Parameter progress: called with the number of bytes read so far.
    /// - Returns: the number of rows, bad ones included, the header not.
    func read(
        countingIn badRows: inout BadRowCount, progress: (Int) -> Void,
        take: (_ fields: [RowScanner.Field], _ bytes: Span<UInt8>, _ line: Int) throws(BadRow) -> Void
    ) throws(ImportError) -> Int {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw ImportError(error) }
        return try file.withBytes { (bytes) throws(ImportError) in
            var scanner = RowScanner(separator)
            var width = columns.count
            if hasHeader { width = try checkHeader(&scanner, in: bytes) }
            var rows = 0
            while true {
                do throws(BadRow) {
                    guard try scanner.next(in: bytes) else { break }
                    guard scanner.fields.count == width else {
                        throw BadRow("\(scanner.fields.count) fields where \(width) are expected")
                    }
                    try take(scanner.fields, bytes, scanner.line)
                } catch {
                    try badRows.add(error, file: name, line: scanner.line)
                }
                rows += 1
                if rows % Self.rowsPerReport == 0 { progress(scanner.offset) }
            }
            progress(bytes.count)
            return rows
        }
    }

    /// - Returns: the number of columns.
    private func checkHeader(_ scanner: inout RowScanner, in bytes: Span<UInt8>) throws(ImportError) -> Int {
        let hasLine = (try? scanner.next(in: bytes)) ?? false
        let names = hasLine ? scanner.fields.map { TextEncoding.utf8.text(of: $0, in: bytes) } : []
        guard names.starts(with: columns) else {
            let header = columns.joined(separator: ",")
            throw ImportError(.unreadable, "\(name) does not begin with the line \(header): is it another file?")
        }
        return names.count
    }
}
