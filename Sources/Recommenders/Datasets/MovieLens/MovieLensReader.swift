/// Reads a data set in the form in which GroupLens publishes MovieLens (Harper and Konstan 2015).
///
/// That is a folder with `ratings.csv`, `movies.csv` and perhaps `links.csv`, or, as before 2014, with `ratings.dat` and
/// `movies.dat` and two colons between the fields. Users and items are numbered by ascending id, numbers before other texts, so
/// that the order of the rows makes no difference. Every film of the list of films becomes an item, rated or not.
///
/// Time is linear in the files' size; memory about 30 bytes for each rating.
package struct MovieLensReader: Sendable {
    /// So many rows may be left out as impossible; with one more the import fails.
    package var maximumBadRows: Int

    private static let scale = RatingScale.halfStars

    package init(maximumBadRows: Int = 0) {
        self.maximumBadRows = maximumBadRows
    }

    /// - Parameters:
    ///   - name: what the data set is to be called; by default after its folder.
    ///   - progress: called every few megabytes and at each file's end.
    package func read(
        folder: String, name: String? = nil, progress: (ImportProgress) -> Void = { _ in }
    ) throws(ImportError) -> ImportedDataset {
        let layout = try MovieLensLayout(folder: folder)
        let tables = [layout.movies, layout.links, layout.ratings].compactMap { $0 }
        let totalBytes = tables.reduce(0) { $0 + MappedFile.byteCount(of: $1.path) }
        var finishedBytes = 0
        func report(_ doneBytes: Int) {
            progress(ImportProgress(doneBytes: finishedBytes + doneBytes, totalBytes: totalBytes))
        }

        var badRows = BadRowCount(maximum: maximumBadRows)
        var movies = try MovieList(layout, countingIn: &badRows, progress: report)
        finishedBytes += MappedFile.byteCount(of: layout.movies.path)
        if let links = layout.links {
            try movies.addLinks(from: links, countingIn: &badRows, progress: report)
            finishedBytes += MappedFile.byteCount(of: links.path)
        }

        var users = IdentifierTable()
        // No row is shorter than "1,1,1,1" with its line end.
        var collector = RatingCollector(expectedCount: MappedFile.byteCount(of: layout.ratings.path) / 8)
        let rows = try layout.ratings.read(countingIn: &badRows, progress: report) { (fields, bytes, _) throws(BadRow) in
            guard let item = movies.ids.index(of: fields[1], in: bytes) else {
                throw BadRow("a rating of a film that \(layout.movies.name) lacks")
            }
            let code = try Self.code(fields[2], in: bytes)
            guard let time = bytes.integer(in: fields[3].range) else { throw BadRow("a timestamp that is no whole number") }
            collector.add(user: try users.add(fields[0], in: bytes), item: item, code: code, time: time)
        }
        return try dataset(
            name: name ?? Self.name(of: folder), users: users, movies: movies, collector: collector, rows: rows, badRows: badRows)
    }

    private static func code(_ field: RowScanner.Field, in bytes: Span<UInt8>) throws(BadRow) -> UInt8 {
        guard let value = bytes.decimal(in: field.range) else { throw BadRow("a rating that is no number") }
        guard let code = scale.code(for: value) else {
            throw BadRow("the rating \(value), which is no half star from \(scale.minimum) to \(scale.maximum)")
        }
        return code
    }

    private static func name(of folder: String) -> String {
        let last = folder.split(separator: "/").last.map(String.init) ?? folder
        // The layout is MovieLens', the data need not be.
        return last.hasPrefix("ml-") ? "MovieLens \(last)" : last
    }

    private func dataset(
        name: String, users: IdentifierTable, movies: MovieList, collector: consuming RatingCollector, rows: Int,
        badRows: BadRowCount
    ) throws(ImportError) -> ImportedDataset {
        guard collector.count > 0 else { throw ImportError(.noRatings, "\(name) has no ratings") }
        guard max(collector.count, users.count, movies.ids.count) < UInt32.max else {
            throw ImportError(.tooLarge, "\(name) has more than 4,294,967,294 ratings, users or items")
        }
        let userRanks = users.ranks()
        let itemRanks = movies.ids.ranks()
        let (ratings, duplicates) = collector.matrix(userRanks: userRanks, itemRanks: itemRanks)

        var report = ImportReport()
        report.ratingRows = rows
        report.badRows = badRows.count
        report.firstBadRows = badRows.first
        report.duplicates = duplicates
        report.ratings = ratings.ratingCount
        report.users = ratings.userCount
        report.items = ratings.itemCount
        report.unratedItems = (0..<ratings.itemCount).count { ratings.column($0).isEmpty }

        let dataset = Dataset(
            name: name, scale: Self.scale,
            users: Vocabulary(
                try Self.identifiers(users, by: userRanks) { (text) throws(InvalidIdentifier) in try UserID(text) }),
            items: Vocabulary(
                try Self.identifiers(movies.ids, by: itemRanks) { (text) throws(InvalidIdentifier) in try ItemID(text) }),
            ratings: ratings,
            catalogue: Catalogue(itemKind: "movie", entries: Self.arranged(movies.entries, by: itemRanks)))
        return ImportedDataset(dataset: dataset, report: report)
    }

    private static func identifiers<ID>(
        _ table: IdentifierTable, by ranks: [UInt32], make: (String) throws(InvalidIdentifier) -> ID
    ) throws(ImportError) -> [ID] {
        do {
            var ids: [ID] = []
            ids.reserveCapacity(table.count)
            for (text, _) in arranged(table.ids, by: ranks) { ids.append(try make(text)) }
            return ids
        } catch {
            throw ImportError(.badRows, "an id of \(error.byteCount) bytes; 1 to 128 are allowed")
        }
    }

    /// The elements with the one at `i` moved to `ranks[i]`.
    private static func arranged<Element>(_ elements: [Element], by ranks: [UInt32]) -> [Element] {
        var order = [Int](repeating: 0, count: ranks.count)
        for (index, rank) in ranks.enumerated() { order[Int(rank)] = index }
        return order.map { elements[$0] }
    }
}
