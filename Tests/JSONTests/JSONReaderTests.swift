import JSON
import Testing

@Suite struct JSONReaderTests {
    @Test func readsPieceByPiece() throws {
        var reader = JSONReader(Array(#" {"a": [1, -2.5e1, "x\u00e9\n"], "b": {"c": null}, "d": true} "#.utf8))
        try reader.beginObject()
        #expect(try reader.nextName() == "a")
        try reader.beginArray()
        #expect(try reader.nextElement())
        #expect(try reader.integer(Int.self) == 1)
        #expect(try reader.nextElement())
        #expect(try reader.double() == -25)
        #expect(try reader.nextElement())
        #expect(try reader.string() == "xé\n")
        #expect(try !reader.nextElement())
        #expect(try reader.nextName() == "b")
        #expect(try reader.kind() == .object)
        try reader.skip()
        #expect(try reader.nextName() == "d")
        #expect(try !reader.null())
        #expect(try reader.bool())
        #expect(try reader.nextName() == nil)
        try reader.end()
    }

    @Test(arguments: ["1.0", "1e2", "9223372036854775808", "-", "01", "\"1\"", "true"])
    func refusesWhatIsNoInteger(text: String) {
        #expect(throws: JSONReader.Malformed.self) { try Self.integer(text) }
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "-0", " 0 "])
    func readsEveryInteger(text: String) throws {
        #expect(try Self.integer(text) == Int(text.filter { $0 != " " }))
    }

    private static func integer(_ text: String) throws -> Int {
        var reader = JSONReader(Array(text.utf8))
        let number = try reader.integer(Int.self)
        try reader.end()
        return number
    }

    @Test(arguments: ["[1,]", "[", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "[[1]", "nul", "\"\u{1}\"", #""\ud800""#, "1 2"])
    func passesOverNothingThatIsNoJSON(text: String) {
        #expect(throws: JSONReader.Malformed.self) { try Self.skip(text) }
    }

    private static func skip(_ text: String) throws {
        var reader = JSONReader(Array(text.utf8))
        try reader.skip()
        try reader.end()
    }

    @Test func nestingHasAnEndEvenInWhatIsPassedOver() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONReader.Malformed(reason: "it is nested too deep", offset: 33)) { try Self.skip(deep) }
    }

    @Test(arguments: ["", "plain", "\"\\\u{0}\u{1F}\n\r\t\u{7F}é😀"])
    func readsTheStringsThatWereWritten(text: String) throws {
        var bytes: [UInt8] = []
        bytes.appendJSON(text)
        var reader = JSONReader(bytes)
        #expect(try reader.string() == text)
    }
}
