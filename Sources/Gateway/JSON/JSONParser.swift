/// Reads JSON as RFC 8259 defines it, and nothing more: no comments, no trailing commas, no name twice in one object, no lone
/// surrogates, nothing but UTF-8, and no number that a `Double` cannot hold.
///
/// Its own and not Foundation's, because that one takes the last of two equal names and costs several times as much on small texts.
struct JSONParser {
    /// Why a text is no JSON, and at which byte.
    struct Malformed: Error, Equatable {
        let reason: String
        let offset: Int
    }

    /// How deep arrays and objects may be nested; our own bodies need three levels.
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.place == bytes.count else { throw parser.malformed("there is text after the end") }
        return value
    }

    private mutating func value() throws(Malformed) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw malformed("the text ends too early")
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): return .number(try number())
        default: throw malformed("a value is expected")
        }
    }

    private mutating func object() throws(Malformed) -> JSONValue {
        try descend()
        var members: [String: JSONValue] = [:]
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard next == UInt8(ascii: "\"") else { throw malformed("a name in quotes is expected") }
                let name = try string()
                guard members[name] == nil else { throw malformed("a name occurs twice in one object") }
                guard take(UInt8(ascii: ":")) else { throw malformed("a colon is expected") }
                members[name] = try value()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw malformed("a comma or } is expected") }
        }
        depth -= 1
        return .object(members)
    }

    private mutating func array() throws(Malformed) -> JSONValue {
        try descend()
        var elements: [JSONValue] = []
        if !take(UInt8(ascii: "]")) {
            repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw malformed("a comma or ] is expected") }
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func descend() throws(Malformed) {
        place += 1
        depth += 1
        guard depth <= Self.maximumDepth else { throw malformed("it is nested too deep") }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Malformed) -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw malformed("a value is expected") }
        place += word.utf8.count
        return value
    }

    private mutating func number() throws(Malformed) -> Double {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        if next == UInt8(ascii: "0") { place += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            place += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            try digits()
        }
        guard let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)), number.isFinite else {
            throw malformed("a number is out of range")
        }
        return number
    }

    private mutating func digits() throws(Malformed) {
        let start = place
        while let byte = next, Self.isDigit(byte) { place += 1 }
        guard place > start else { throw malformed("a digit is expected") }
    }

    private mutating func string() throws(Malformed) -> String {
        place += 1
        let start = place
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
        var text = Array(bytes[start..<place])
        while true {
            guard let byte = next else { throw malformed("a string has no end") }
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw malformed("a string is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &text)
            case ..<0x20: throw malformed("a string holds a control character")
            default: text.append(byte)
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(Malformed) {
        guard let byte = next else { throw malformed("a string has no end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar()).utf8)
        default: throw malformed("there is no such escape")
        }
    }

    private mutating func scalar() throws(Malformed) -> Character {
        var code = try codeUnit()
        if 0xD800...0xDBFF ~= code, next == UInt8(ascii: "\\") {
            place += 1
            guard next == UInt8(ascii: "u") else { throw malformed("a surrogate stands alone") }
            place += 1
            let low = try codeUnit()
            guard 0xDC00...0xDFFF ~= low else { throw malformed("a surrogate stands alone") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw malformed("a surrogate stands alone") }
        return Character(scalar)
    }

    private mutating func codeUnit() throws(Malformed) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = PercentEncoding.value(ofHexadecimal: byte) else {
                throw malformed("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
            place += 1
        }
        return code
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private func malformed(_ reason: String) -> Malformed { Malformed(reason: reason, offset: place) }
}
