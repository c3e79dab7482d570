/// Finds columns of a table by name or number.
struct ColumnFinder {
    /// Of the file, for people.
    let name: String
    /// nil for a table without one.
    let header: [String]?
    let width: Int

    /// - Parameters:
    ///   - asked: the column's name or number, counted from 1; "none" for none; nil for a well-known name.
    ///   - usual: where the column is if nothing is asked for and no header names it.
    /// - Returns: counted from 0; nil if there is none.
    /// - Throws: when there is no such column as is asked for, or several have a well-known name.
    func column(_ names: ColumnNames, asked: String?, usual: Int? = nil) throws(ImportError) -> Int? {
        guard let asked else { return try named(names) ?? usual }
        if asked == "none" { return nil }
        if let place = header?.firstIndex(of: asked) { return place }
        if let number = Int(asked) {
            guard 1...width ~= number else {
                throw ImportError(.unknownForm, "\(name) has \(width) columns and so none of number \(number)")
            }
            return number - 1
        }
        if let place = header?.firstIndex(where: { ColumnNames.normalized($0) == ColumnNames.normalized(asked) }) { return place }
        guard let header else {
            throw ImportError(.unknownForm, "\(name) has no header, so its columns go by number and not by a name like \(asked)")
        }
        throw ImportError(.unknownForm, "\(name) has no column \(asked); it has \(header.joined(separator: ", "))")
    }

    func missing(_ names: ColumnNames) -> ImportError {
        let columns = header.map { ": it has \($0.joined(separator: ", "))" } ?? ""
        let hint = names.option.isEmpty ? "" : "; say which one it is with \(names.option)"
        return ImportError(.unknownForm, "\(name) has no column that is known to hold \(names.content)\(columns)\(hint)")
    }

    /// The one with a well-known name; of several with "id" behind one of them, the one that says so.
    private func named(_ names: ColumnNames) throws(ImportError) -> Int? {
        guard let header else { return nil }
        let places = header.indices.filter { names.contains(header[$0]) }
        // Where no option says which, the first one holds.
        guard places.count > 1, !names.option.isEmpty else { return places.first }
        let ids = places.filter { ColumnNames.normalized(header[$0]).hasSuffix("id") }
        if ids.count == 1 { return ids[0] }
        let columns = places.map { header[$0] }.joined(separator: ", ")
        throw ImportError(
            .unknownForm,
            "\(name) has several columns that may hold \(names.content): \(columns); say which one it is with \(names.option)")
    }
}
