import Foundation
import Recommenders
import Testing

@testable import CLI

@Suite struct OutputTests {
    @Test func drawsAProgressBar() {
        let bar = ProgressBar(label: "Reading", width: 10)
        #expect(bar.line(fraction: 0, elapsed: .seconds(2)) == "Reading [----------]   0 %")
        #expect(bar.line(fraction: 0.25, elapsed: .seconds(2)) == "Reading [██--------]  25 %, 6 s left")
        #expect(bar.line(fraction: 0.999, elapsed: .seconds(2)) == "Reading [█████████-]  99 %, 1 s left")
        #expect(bar.line(fraction: 1, elapsed: .seconds(2)) == "Reading [██████████] 100 %")
        #expect(bar.line(fraction: 0.5, elapsed: .seconds(600)) == "Reading [█████-----]  50 %, 10 min left")
    }

    @Test(arguments: [-1, 2, Double.nan, .infinity, -.infinity])
    func drawsNoBarBeyondItsEnds(fraction: Double) {
        #expect(ProgressBar(label: "x", width: 10).line(fraction: fraction, elapsed: .zero).contains(" %"))
    }

    @Test func alignsColumns() {
        var table = Table(columns: [
            .init(title: "#", isRightAligned: true), .init(title: "Title", maximumWidth: 8), .init(title: "Z"),
        ])
        table.add(["1", "Alien", "a"])
        table.add(["10", "A very long title", ""])
        table.add(["3", "七人の侍", "b"])
        #expect(
            table.text == """
                 #  Title     Z
                 1  Alien     a
                10  A very …
                 3  七人の侍  b
                """)
    }

    @Test func aTitleCannotMoveTheCursor() {
        var table = Table(columns: [.init(title: "T")])
        table.add(["\u{1B}[2Jgone\r\nforged"])
        #expect(table.text == "T\n?[2Jgone??forged")
    }

    @Test func writesJSONThatParses() throws {
        let hostile = "\"\\\n\r\t\0\u{1F}\u{7F}\u{2028}é🎬"
        let json: JSON = [
            hostile: .string(hostile), "none": .null, "list": .array([.integer(-3), .number(0.1), .bool(true), .array([]), [:]]),
            "nan": .number(.nan), "big": .number(1e300),
        ]
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.description.utf8)) as? [String: Any])
        #expect(object[hostile] as? String == hostile)
        #expect(object["none"] is NSNull && object["nan"] is NSNull && object["big"] as? Double == 1e300)
        #expect((object["list"] as? [Any])?.count == 5)
    }

    @Test func keepsTheOrderOfMembers() {
        let json: JSON = ["b": .integer(1), "a": .array([.string("x")])]
        #expect(json.description == "{\n  \"b\": 1,\n  \"a\": [\n    \"x\"\n  ]\n}")
    }

    @Test func writesNumbersForPeople() {
        #expect(1_234_567.grouped == "1,234,567" && 999.grouped == "999" && (-1000).grouped == "-1,000" && 0.grouped == "0")
        #expect(3.25.rounded(toDigits: 1) == "3.3" && 0.04.rounded(toDigits: 1) == "0.0" && 69.5.rounded(toDigits: 0) == "70")
        #expect(
            (-0.01).rounded(toDigits: 1) == "0.0" && (-1.26).rounded(toDigits: 1) == "-1.3" && 2.0.rounded(toDigits: 2) == "2.00")
    }

    @Test func tellsOfAnImport() {
        var report = ImportReport()
        report.ratingRows = 2_000_000
        report.users = 1000
        report.items = 50
        report.unratedItems = 2
        report.ratings = 1_999_000
        report.badRows = 12
        report.firstBadRows = (1...10).map { "ratings.csv, line \($0): bad" }
        let summary = ImportSummary(
            dataset: "Films", output: "x.ratings", scale: .halfStars, report: report, duration: .seconds(2))
        #expect(summary.text.hasPrefix("Films is in x.ratings.\n    users    1,000\n    items    50 (2 without ratings)\n"))
        #expect(summary.text.contains("1,000,000 rows/s, 2.00 s") && summary.text.hasSuffix("and 2 more"))
        #expect(summary.text.contains("    scale    0.5 to 5 in steps of 0.5\n"))
    }
}
