/// Reads files in the form in which LightGCN (He et al. 2020) and much research after it publishes splits: a line for each user, with the
/// user's id and then the ids of the items, `user item item …`, separated by spaces or tabs.
///
/// All ratings are alike, and no times are known. A user may have several lines; a line without items says nothing.
package struct ListFileReader: Sendable {
    /// So many rows may be left out as impossible, of all files together; with one more the import fails.
    package var maximumBadRows: Int
    /// What one item is called, in the singular.
    package var itemKind = "item"
    var options = ImportOptions()

    package init(maximumBadRows: Int = 0) {
        self.maximumBadRows = maximumBadRows
    }

    /// One line of a file.
    package struct Line: Sendable, Equatable {
        package let user: UserID
        package let items: [ItemID]
    }

    /// The lines of one file as they stand there, those without items as well.
    package func read(_ path: String) throws(ImportError) -> [Line] {
        var badRows = BadRowCount(maximum: maximumBadRows)
        var lines: [Line] = []
        try scan(path, countingIn: &badRows) { (fields, bytes) throws(BadRow) in
            for field in fields { try RawIdentifiers.check(field, in: bytes) }
            let texts = fields.map { TextEncoding.utf8.text(of: $0, in: bytes) ?? "" }
            lines.append(Line(user: UserID(checked: texts[0]), items: texts.dropFirst().map { ItemID(checked: $0) }))
        }
        return lines
    }

    /// The files of one split, in which users and items have the same numbers, whichever file they are in, so that ratings can be held out
    /// of training and still be asked for.
    ///
    /// - Parameters:
    ///   - name: what the data set of the training file is to be called; by default after the file.
    ///   - progress: as in `MovieLensReader.read`.
    package func read(
        training: String, validation: String? = nil, test: String? = nil, name: String? = nil,
        progress: @escaping (ImportProgress) -> Void = { _ in }
    ) throws(ImportError) -> ListFiles {
        let paths = [training, validation, test]
        let meter = ProgressMeter(
            totalBytes: paths.reduce(0) { $0 + ($1.map { MappedFile.byteCount(of: $0) } ?? 0) }, report: progress)
        var badRows = BadRowCount(maximum: maximumBadRows)
        var chunks: [RatingChunk] = []
        for path in paths {
            // A file that there is not is one without lines.
            guard let path else {
                chunks.append(RatingChunk(capacity: 0))
                continue
            }
            chunks.append(try chunk(path, countingIn: &badRows))
            meter.add(MappedFile.byteCount(of: path))
        }
        let users = RatingChunk.number(.users, of: chunks, threads: options.threads)
        let items = RatingChunk.number(.items, of: chunks, threads: options.threads)
        let lists = chunks.map { Self.lists($0, userCount: users.count) }
        let assembly = DatasetAssembly(
            name: name ?? FilePath.stem(of: training), itemKind: itemKind, scale: .single, options: options)
        var trainingChunks = [chunks[0]]
        let imported = try assembly.dataset(
            of: &trainingChunks, items: ItemList(), users: users, numbering: items, badRows: badRows)
        return ListFiles(imported: imported, training: lists[0], validation: lists[1], test: lists[2])
    }

    private func chunk(_ path: String, countingIn badRows: inout BadRowCount) throws(ImportError) -> RatingChunk {
        let chunk = RatingChunk(capacity: MappedFile.byteCount(of: path) / 2 + 1)
        chunk.rowCount = try scan(path, countingIn: &badRows) { (fields, bytes) throws(BadRow) in
            for field in fields { try RawIdentifiers.check(field, in: bytes) }
            guard fields.count > 1 else { return }
            let user = chunk.userIDs.add(fields[0], in: bytes)
            for field in fields.dropFirst() {
                chunk.add(user: user, item: chunk.itemIDs.add(field, in: bytes), code: 1, time: 0)
            }
        }
        return chunk
    }

    /// - Returns: the number of rows.
    @discardableResult private func scan(
        _ path: String, countingIn badRows: inout BadRowCount,
        take: (_ fields: [RowScanner.Field], _ bytes: Span<UInt8>) throws(BadRow) -> Void
    ) throws(ImportError) -> Int {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw ImportError(error) }
        return try file.withBytes { (bytes) throws(ImportError) in
            var scanner = RowScanner(.spaces)
            var rows = 0
            while true {
                do throws(BadRow) {
                    guard try scanner.next(in: bytes) else { return rows }
                    rows += 1
                    try take(scanner.fields, bytes)
                } catch {
                    try badRows.add(error, file: FilePath.lastComponent(of: path), line: scanner.line)
                }
            }
        }
    }

    private static func lists(_ chunk: RatingChunk, userCount: Int) -> [[UInt32]] {
        var lists = [[UInt32]](repeating: [], count: userCount)
        for place in 0..<chunk.count { lists[Int(chunk.users[place])].append(chunk.items[place]) }
        return lists.map { $0.sorted() }
    }
}
