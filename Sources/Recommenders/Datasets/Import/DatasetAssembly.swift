/// Makes a data set of what was read of its files.
struct DatasetAssembly {
    let name: String
    let itemKind: String
    let scale: RatingScale
    /// How the ratings became places on the scale, for people; nil where they are as they were written.
    var scaleNote: String?
    var options = ImportOptions()

    /// - Parameters:
    ///   - chunks: with their codes set; empty afterwards.
    ///   - items: the items that are listed.
    ///   - users: the numbering of the users, where the chunks have their dense numbers already.
    ///   - numbering: that of the items likewise.
    func dataset(
        of chunks: inout [RatingChunk], items: ItemList, users: IdentifierNumbering? = nil,
        numbering: IdentifierNumbering? = nil, badRows: BadRowCount
    ) throws(ImportError) -> ImportedDataset {
        let ratingCount = chunks.reduce(0) { $0 + $1.count }
        guard ratingCount > 0 else { throw ImportError(.noRatings, "\(name) has no ratings") }
        let users = users ?? RatingChunk.number(.users, of: chunks, threads: options.threads)
        let itemNumbering = numbering ?? RatingChunk.number(.items, of: chunks, and: items, threads: options.threads)
        guard max(ratingCount, users.count, itemNumbering.count) < UInt32.max else {
            throw ImportError(.tooLarge, "\(name) has more than 4,294,967,294 ratings, users or items")
        }
        var report = ImportReport()
        report.ratingRows = chunks.reduce(0) { $0 + $1.rowCount }
        report.badRows = badRows.count
        report.firstBadRows = badRows.first
        report.scaleNote = scaleNote

        let builder = RatingMatrixBuilder(userCount: users.count, itemCount: itemNumbering.count, threads: options.threads)
        let (ratings, duplicates) = builder.matrix(of: &chunks)
        report.duplicates = duplicates
        report.ratings = ratings.ratingCount
        report.users = ratings.userCount
        report.items = ratings.itemCount
        report.unratedItems = (0..<ratings.itemCount).count { ratings.column($0).isEmpty }
        let dataset = Dataset(
            name: name, scale: scale, users: Vocabulary(texts: users.texts), items: Vocabulary(texts: itemNumbering.texts),
            ratings: ratings, catalogue: Catalogue(itemKind: itemKind, entries: items.entries(in: itemNumbering)))
        return ImportedDataset(dataset: dataset, report: report)
    }
}
