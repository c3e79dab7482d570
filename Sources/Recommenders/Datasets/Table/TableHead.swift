/// The first rows of a table, and what can be told from them: how its fields are separated, and whether the first row names them.
struct TableHead {
    let separator: Separator
    /// The first row is a header or not; bad rows are left out.
    let rows: [[String]]
    /// The number of fields of most rows.
    let width: Int
    /// Where the first row starts and ends.
    private let firstRowEnd: (line: Int, offset: Int)

    private static let byteLimit = 1 << 16
    private static let rowLimit = 50
    /// In the order in which they are tried; of those that fit alike the first holds.
    private static let candidates: [Separator] = [.twoColons, .tab, .comma, .semicolon, .pipe, .spaces]

    /// - Parameter separator: nil for the one that splits most rows alike.
    /// - Throws: when no separator makes at least two fields of most rows.
    init(_ bytes: Span<UInt8>, name: String, separator: Separator? = nil) throws(ImportError) {
        let end = Self.end(of: bytes)
        let heads = (separator.map { [$0] } ?? Self.candidates).map { Self.rows(bytes.extracting(0..<end), $0) }
        guard let best = heads.max(by: { $0.share < $1.share }), best.width >= 2, 2 * best.alike > best.rows.count else {
            if heads.allSatisfy({ $0.rows.isEmpty }) { throw ImportError(.noRatings, "\(name) has no rows") }
            throw ImportError(.unknownForm, "no separator makes the same number of fields of the rows in \(name)")
        }
        self.separator = best.separator
        rows = best.rows
        width = best.width
        firstRowEnd = best.firstRowEnd
    }

    /// Lines and bytes before the second row.
    func header(isThere: Bool) -> (lines: Int, byteCount: Int) { isThere ? (firstRowEnd.line, firstRowEnd.offset) : (0, 0) }

    /// The fields of the first rows.
    static func fields(_ bytes: Span<UInt8>, _ separator: Separator) -> [[String]] {
        rows(bytes.extracting(0..<end(of: bytes)), separator).rows
    }

    /// Whole lines only, unless the first is longer than all that is looked at.
    private static func end(of bytes: Span<UInt8>) -> Int {
        guard bytes.count > byteLimit else { return bytes.count }
        return (0..<byteLimit).last { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 } ?? byteLimit
    }

    private struct Split {
        let separator: Separator
        var rows: [[String]] = []
        var firstRowEnd = (line: 0, offset: 0)
        /// How many fields most rows have, and how many rows have so many.
        var width = 0
        var alike = 0

        var share: Double { width < 2 ? 0 : Double(alike) / Double(rows.count) }
    }

    private static func rows(_ bytes: Span<UInt8>, _ separator: Separator) -> Split {
        var split = Split(separator: separator)
        var scanner = RowScanner(separator)
        while split.rows.count < rowLimit {
            do throws(BadRow) {
                guard try scanner.next(in: bytes) else { break }
                split.rows.append(
                    scanner.fields.map { TextEncoding.utf8OrLatin1.text(of: $0.trimmed(in: bytes), in: bytes) ?? "" })
                if split.rows.count == 1 { split.firstRowEnd = (scanner.line, min(scanner.offset, bytes.count)) }
            } catch {
                continue
            }
        }
        let counts = Dictionary(split.rows.map { ($0.count, 1) }, uniquingKeysWith: +)
        // Of two that are as frequent the wider one, so that the outcome does not hang on the order of a dictionary.
        let most = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
        (split.width, split.alike) = (most?.key ?? 0, most?.value ?? 0)
        return split
    }
}
