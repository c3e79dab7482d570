import Foundation
import Testing

@testable import Gateway

@Suite struct JSONParserTests {
    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number(0)), ("-0.5e+1", .number(-5)),
        ("1E2", .number(100)), ("\"\"", .string("")), (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{c}\n\r\t")),
        (#""\u00e9\uD83D\uDE00\u0000""#, .string("é😀\0")), ("[]", .array([])),
        ("[1, [2]]", .array([.number(1), .array([.number(2)])])),
        ("{}", .object([:])), ("{ \"a\" : { } , \"b\":[ ] }\n", .object(["a": .object([:]), "b": .array([])])),
        ("\"é😀\"", .string("é😀")),
    ])
    func readsJSON(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "truex", "01", "1.", ".5", "+1", "1e", "--1", "1e999", "-1e999", "NaN", "\"", "\"\n\"", #""\x""#,
        #""\u12""#,
        #""\ud800""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00""#, "[", "[1", "[1,]", "[,]", "[1 2]", "{",
        "{\"a\"}",
        "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "1 2", "// x\n1", "'a'", "{\"a\":1]", "\u{FEFF}1",
    ])
    func refusesWhatIsNotJSON(text: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF]] as [[UInt8]])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(bytes) }
    }

    @Test func refusesDeepNestingAndSaysWhere() {
        let deep = String(repeating: "[", count: JSONParser.maximumDepth) + String(repeating: "]", count: JSONParser.maximumDepth)
        #expect(throws: Never.self) { try JSONParser.parse(Array(deep.utf8)) }
        #expect(throws: JSONParser.Malformed(reason: "it is nested too deep", offset: 33)) {
            try JSONParser.parse(Array("[\(deep)]".utf8))
        }
    }

    /// Texts that are nearly JSON, made by changing bytes of one that is: both parsers say the same of each.
    @Test func agreesWithFoundation() throws {
        let seed = Array(
            #"{"ratings":[{"item":"a\u00e9\n","rating":4.5e0},{"item":"b","rating":null}],"count":-12,"x":[true,false]}"#.utf8)
        let alphabet = Array(#"{}[]",:\0123456789eE+-.utfnabc /"#.utf8)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var text = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                text[Int.random(in: text.indices, using: &generator)] = alphabet.randomElement(using: &generator) ?? 0
            }
            let foundation = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
            do throws(JSONParser.Malformed) {
                _ = try JSONParser.parse(text)
                #expect(foundation != nil, "\(String(decoding: text, as: UTF8.self))")
            } catch {
                // Foundation takes equal names, and a comma before the end of an object.
                guard error.reason != "a name occurs twice in one object", error.reason != "a name in quotes is expected" else {
                    continue
                }
                #expect(foundation == nil, "\(String(decoding: text, as: UTF8.self)): \(error.reason)")
            }
        }
    }

    @Test(arguments: ["", "plain", "\"\\/", "\u{0}\u{1}\u{1f}\n\r\t", "é😀\u{2028}", "</script>"])
    func readsWhatTheWriterWrote(text: String) throws {
        let bytes = JSONWriter.bytes(of: ["key\(text)": [text, ""]])
        #expect(try JSONParser.parse(bytes) == .object(["key\(text)": .array([.string(text), .string("")])]))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(bytes)) }
    }

    @Test(arguments: [0, -0.0, 1, 4.5, 1e-7, 1e300, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    func readsTheNumbersThatTheWriterWrote(number: Double) throws {
        #expect(try JSONParser.parse(JSONWriter.bytes(of: number)) == .number(number))
    }

    @Test func writesNoInfinities() {
        #expect(JSONWriter.bytes(of: [Double.infinity, .nan]) == Array("[null,null]".utf8))
    }
}
