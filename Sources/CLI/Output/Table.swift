/// Rows under a heading, in columns that are as wide as they need to be.
struct Table {
    struct Column {
        let title: String
        var isRightAligned = false
        /// Longer texts are shortened.
        var maximumWidth = Int.max
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(columns: [Column]) {
        self.columns = columns
    }

    /// - Precondition: a text for each column.
    mutating func add(_ row: [String]) {
        precondition(row.count == columns.count)
        rows.append(zip(row, columns).map { $0.onOneLine.shortened(toColumns: $1.maximumWidth) })
    }

    /// The lines, without spaces at their ends.
    var text: String {
        let heading = columns.map(\.title)
        let widths = columns.indices.map { column in ([heading] + rows).map { $0[column].columnCount }.max() ?? 0 }
        return ([heading] + rows).map { line(of: $0, widths: widths) }.joined(separator: "\n")
    }

    private func line(of row: [String], widths: [Int]) -> String {
        var line = ""
        for (place, cell) in row.enumerated() {
            let padding = String(repeating: " ", count: widths[place] - cell.columnCount)
            line += (place > 0 ? "  " : "") + (columns[place].isRightAligned ? padding + cell : cell + padding)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
