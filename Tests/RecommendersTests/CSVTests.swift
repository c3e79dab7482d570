import Testing

@testable import Recommenders

@Suite struct CSVTests {
    /// The fields of every row; nil for a bad one.
    private func rows(_ text: String, _ separator: Separator = .comma) -> [[String]?] {
        let bytes = Array(text.utf8)
        var scanner = RowScanner(separator)
        var rows: [[String]?] = []
        while true {
            do throws(BadRow) {
                guard try scanner.next(in: bytes.span) else { return rows }
                rows.append(scanner.fields.map { TextEncoding.utf8.text(of: $0, in: bytes.span) ?? "?" })
            } catch {
                rows.append(nil)
            }
        }
    }

    @Test(
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
            ("\n\r\na\n\n", [["a"]]),
            (",\n,,", [["", ""], ["", "", ""]]),
            ("\"a,b\",c\n", [["a,b", "c"]]),
            ("\"\"\"a\"\"b\"\"\",\"\"\r\nc\n", [["\"a\"b\"", ""], ["c"]]),
            ("x,\"y\"\r\n", [["x", "y"]]),
            ("x,\"y\"", [["x", "y"]]),
            ("12\" single,b\n", [["12\" single", "b"]]),
            ("\u{FEFF}a,b\n", [["a", "b"]]),
            ("", []),
        ] as [(String, [[String]])]) func splitsRowsAtCommas(text: String, expected: [[String]])
    {
        #expect(rows(text) == expected)
    }

    @Test(arguments: ["\"open,b\n1,2\n", "\"a\"b,c\n1,2\n", "x,\"\"\"\n1,2\n", "\"a\" ,b\r\n1,2"])
    func goesOnBehindABadRow(text: String) {
        #expect(rows(text) == [nil, ["1", "2"]])
    }

    @Test(
        arguments: [
            ("1::a: b::c\r\n2::\"x::y", [["1", "a: b", "c"], ["2", "\"x", "y"]]),
            ("::\n:", [["", ""], [":"]]),
        ] as [(String, [[String]])]) func splitsRowsAtTwoColons(text: String, expected: [[String]])
    {
        #expect(rows(text, .twoColons) == expected)
    }

    @Test func countsLinesAlsoOverEmptyAndBadOnes() throws {
        let bytes = Array("a\n\n\"b\nc\n".utf8)
        var scanner = RowScanner(.comma)
        _ = try scanner.next(in: bytes.span)
        #expect(scanner.line == 1)
        #expect(throws: BadRow.self) { try scanner.next(in: bytes.span) }
        #expect(scanner.line == 3)
        _ = try scanner.next(in: bytes.span)
        #expect(scanner.line == 4)
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func readsAnyQuotedTextBack(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let fields = (0..<4).map { _ in
            String((0..<Int.random(in: 0..<6, using: &generator)).map { _ in "a,\"é\r:".randomElement(using: &generator) ?? "a" })
        }
        let line = fields.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
        #expect(rows(line + "\n" + line) == [fields, fields])
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func survivesAnyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let text = String((0..<30).map { _ in "a,\"\r\n:".randomElement(using: &generator) ?? "a" })
        #expect(rows(text).count <= 31)
        #expect(rows(text, .twoColons).count <= 31)
    }

    @Test(
        arguments: [
            ("4", 4), ("4.0", 4), ("-.5", -0.5), ("5.", 5), ("0.1", 0.1), ("123456789012345", 123_456_789_012_345),
            ("", nil), (".", nil), ("-", nil), ("1e3", nil), ("1.2.3", nil), ("+4", nil), ("1234567890123456", nil), ("4 ", nil),
        ] as [(String, Double?)]) func readsDecimalNumbers(text: String, expected: Double?)
    {
        let bytes = Array(text.utf8)
        #expect(bytes.span.decimal(in: bytes.indices) == expected)
    }

    @Test(
        arguments: [
            ("0", 0), ("-12", -12), ("999999999999999999", 999_999_999_999_999_999), ("1000000000000000000", nil), ("", nil),
            ("-", nil),
            ("1.0", nil), ("x", nil),
        ] as [(String, Int64?)]) func readsWholeNumbers(text: String, expected: Int64?)
    {
        let bytes = Array(text.utf8)
        #expect(bytes.span.integer(in: bytes.indices) == expected)
    }
}
