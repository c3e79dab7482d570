/// Counts the rows that are left out, and ends the import when there are more than allowed.
struct BadRowCount {
    /// So many are kept with their reasons.
    static let reported = 10

    let maximum: Int
    private(set) var count = 0
    private(set) var first: [String] = []

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Whether the next one is to be told of, or ends the import.
    var showsNext: Bool { first.count < Self.reported || count >= maximum }

    mutating func add(_ row: BadRow, file: String, line: Int) throws(ImportError) {
        count += 1
        let place = "\(file), line \(line): \(row.reason)"
        if first.count < Self.reported { first.append(place) }
        guard count > maximum else { return }
        throw ImportError(.badRows, maximum == 0 ? place : "more than \(maximum) bad rows, the last one \(place)")
    }

    /// Rows that are neither told of nor too many.
    mutating func addUnseen(_ rows: Int) { count += rows }
}
