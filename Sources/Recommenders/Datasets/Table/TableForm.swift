/// Which column of a table of ratings is what, and whether its first row says so.
struct TableForm {
    let layout: RatingLayout
    let hasHeader: Bool

    private let head: TableHead
    private let name: String

    /// - Throws: when a column that is asked for is not there, or none can be taken for the users' or the items'.
    init(_ head: TableHead, name: String, options: TableOptions) throws(ImportError) {
        self.head = head
        self.name = name
        let header = Self.header(of: head, options: options)
        hasHeader = header != nil
        let usual = header == nil || Self.namesNothing(header ?? []) ? Self.usualColumns(head, hasHeader: header != nil) : nil
        let finder = ColumnFinder(name: name, header: header, width: head.width)
        guard let user = try finder.column(.users, asked: options.userColumn, usual: usual?.user) else {
            throw finder.missing(.users)
        }
        guard let item = try finder.column(.items, asked: options.itemColumn, usual: usual?.item) else {
            throw finder.missing(.items)
        }
        guard user != item else {
            throw ImportError(.unknownForm, "\(name) has users and items in one column, number \(user + 1)")
        }
        // Columns that were named for something else are not taken for ratings or times because they stand where these usually do.
        let named = (
            rating: try finder.column(.ratings, asked: options.ratingColumn),
            time: try finder.column(.times, asked: options.timestampColumn)
        )
        let taken = [user, item, named.rating, named.time]
        func free(_ column: Int?) -> Int? { column.flatMap { taken.contains($0) ? nil : $0 } }
        let rating = named.rating ?? (options.ratingColumn == nil ? free(usual?.rating) : nil)
        let time = named.time ?? (options.timestampColumn == nil ? free(usual?.time) : nil)
        let values: RatingValues =
            if rating == nil { .none } else if case .places(let scale) = options.scale { .nearest(scale) } else { .numbers }
        layout = RatingLayout(
            separator: head.separator, width: head.width, user: user, item: item, rating: rating, time: time, values: values,
            allowsDates: true, trimsSpaces: true)
    }

    /// The table as a file to be read on all cores.
    func file(path: String, options: ImportOptions) -> RatingTextFile {
        let header = head.header(isThere: hasHeader)
        return RatingTextFile(
            name: name, path: path, layout: layout, headerLines: header.lines, headerByteCount: header.byteCount, options: options
        )
    }

    /// The first row, if it names columns: if one of its fields is a name that was asked for or that is well known, or it has a text
    /// where the second row has a number.
    private static func header(of head: TableHead, options: TableOptions) -> [String]? {
        guard let first = head.rows.first else { return nil }
        let asked = [options.userColumn, options.itemColumn, options.ratingColumn, options.timestampColumn].compactMap { $0 }
        if first.contains(where: { name in !isNumber(name) && asked.contains(name) }) { return first }
        if !namesNothing(first) { return first }
        guard head.rows.count > 1 else { return nil }
        let isNamed = zip(first, head.rows[1]).dropFirst(2).contains { !isNumber($0) && isNumber($1) }
        return isNamed && !first.contains(where: isNumber) ? first : nil
    }

    private static func namesNothing(_ header: [String]) -> Bool {
        let known: [ColumnNames] = [.users, .items, .ratings, .times]
        return !header.contains { name in known.contains { $0.contains(name) } }
    }

    /// User, item, rating, time; or user, item, time, where the third column has what can only be times.
    private static func usualColumns(
        _ head: TableHead, hasHeader: Bool
    ) -> (user: Int, item: Int, rating: Int?, time: Int?) {
        let rows = head.rows.dropFirst(hasHeader ? 1 : 0).filter { $0.count == head.width }
        func areTimes(_ column: Int, from least: Double) -> Bool {
            column < head.width && !rows.isEmpty
                && rows.allSatisfy { row in
                    let bytes = Array(row[column].utf8)
                    if let number = bytes.span.decimal(in: bytes.indices) { return number >= least }
                    return Timestamp.secondsOfDate(in: bytes.indices, of: bytes.span) != nil
                }
        }
        if areTimes(2, from: 1e8) { return (0, 1, nil, 2) }
        return (0, 1, head.width > 2 ? 2 : nil, areTimes(3, from: 0) ? 3 : nil)
    }

    private static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.span.decimal(in: bytes.indices) != nil || bytes.span.integer(in: bytes.indices) != nil
    }
}
