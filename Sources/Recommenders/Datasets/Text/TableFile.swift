/// One text file of a data set, with a row on each line, that is small enough to be read by one thread.
struct TableFile: Sendable {
    /// For people; `path` is where it is.
    let name: String
    let path: String
    /// What the columns are called. With `hasHeader` the first line has to begin with these names.
    let columns: [String]
    let separator: Separator
    let hasHeader: Bool

    /// What the header said and where it ends.
    struct Header {
        /// The number of columns.
        var width: Int
        var lines = 0
        var byteCount = 0
    }

    /// Hands every row to `take`; a row that has another number of fields than the header, or that `take` refuses, is counted in
    /// `badRows`.
    ///
    /// - Returns: the number of rows, bad ones included, the header not.
    func read(
        countingIn badRows: inout BadRowCount, progress: ProgressMeter,
        take: (_ fields: [RowScanner.Field], _ bytes: Span<UInt8>) throws(BadRow) -> Void
    ) throws(ImportError) -> Int {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw ImportError(error) }
        return try file.withBytes { (bytes) throws(ImportError) in
            let header = try checkHeader(in: bytes)
            var scanner = RowScanner(separator, at: header.byteCount)
            scanner.skip(lines: header.lines, to: header.byteCount)
            var rows = 0
            while true {
                do throws(BadRow) {
                    guard try scanner.next(in: bytes) else { break }
                    guard scanner.fields.count == header.width else {
                        throw BadRow("\(scanner.fields.count) fields where \(header.width) are expected")
                    }
                    try take(scanner.fields, bytes)
                } catch {
                    try badRows.add(error, file: name, line: scanner.line)
                }
                rows += 1
            }
            progress.add(bytes.count)
            return rows
        }
    }

    /// - Throws: when the file's first line is not the one that is expected.
    func header() throws(ImportError) -> Header {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw ImportError(error) }
        return try file.withBytes { (bytes) throws(ImportError) in try checkHeader(in: bytes) }
    }

    private func checkHeader(in bytes: Span<UInt8>) throws(ImportError) -> Header {
        guard hasHeader else { return Header(width: columns.count) }
        var scanner = RowScanner(separator)
        let hasLine = (try? scanner.next(in: bytes)) ?? false
        let names = hasLine ? scanner.fields.map { TextEncoding.utf8.text(of: $0, in: bytes) } : []
        guard names.starts(with: columns) else {
            let header = columns.joined(separator: ",")
            throw ImportError(.unreadable, "\(name) does not begin with the line \(header): is it another file?")
        }
        return Header(width: names.count, lines: scanner.line, byteCount: min(scanner.offset, bytes.count))
    }
}
