/// Reads JSON as RFC 8259 defines it, and nothing more, piece by piece as it is asked to: no comments, no trailing commas, no lone
/// surrogates, nothing but UTF-8, and no number that its type cannot hold.
///
/// Its own and not Foundation's, because that one takes a multiple of the time on small texts, and the last of two equal names.
/// Names are the caller's affair: it passes over those that it does not know, or refuses them, or those that come twice.
package struct JSONReader: ~Copyable {
    /// Why a text is no JSON or not what was expected, and at which byte.
    package struct Malformed: Error, Equatable {
        package let reason: String
        package let offset: Int

        package init(reason: String, offset: Int) {
            self.reason = reason
            self.offset = offset
        }
    }

    package enum Kind: Hashable, Sendable {
        case object, array, string, number, bool, null
    }

    /// How deep arrays and objects may be nested.
    package static let maximumDepth = 32

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0
    /// Whether an object or array was begun and has given nothing yet.
    private var isFirst = false

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What the next value is, as its first byte says.
    package mutating func kind() throws(Malformed) -> Kind {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case nil: throw malformed("the text ends too early")
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): return .number
        default: throw malformed("a value is expected")
        }
    }

    package mutating func beginObject() throws(Malformed) { try begin(UInt8(ascii: "{"), "an object is expected") }

    /// The name of the next member, whose value is to be read next; nil once the object has ended.
    package mutating func nextName() throws(Malformed) -> String? {
        guard try proceeds(to: UInt8(ascii: "}"), "a comma or } is expected") else { return nil }
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw malformed("a name in quotes is expected") }
        let name = try string()
        guard take(UInt8(ascii: ":")) else { throw malformed("a colon is expected") }
        return name
    }

    package mutating func beginArray() throws(Malformed) { try begin(UInt8(ascii: "["), "an array is expected") }

    /// Whether there is another element, which is to be read next; false once the array has ended.
    package mutating func nextElement() throws(Malformed) -> Bool {
        try proceeds(to: UInt8(ascii: "]"), "a comma or ] is expected")
    }

    /// - Returns: whether the next value is null; then it has been read.
    package mutating func null() throws(Malformed) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    package mutating func bool() throws(Malformed) -> Bool {
        skipSpace()
        let isTrue = next == UInt8(ascii: "t")
        try word(isTrue ? "true" : "false")
        return isTrue
    }

    package mutating func double() throws(Malformed) -> Double {
        let text = try numberText()
        guard let number = Double(text), number.isFinite else { throw malformed("a number is out of range") }
        return number
    }

    /// A number without point and exponent.
    package mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(Malformed) -> Number {
        let text = try numberText()
        guard let number = Number(text) else { throw malformed("a whole number is expected, or it is out of range") }
        return number
    }

    package mutating func string() throws(Malformed) -> String {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw malformed("a string is expected") }
        place += 1
        let start = place
        skipPlain()
        guard next != UInt8(ascii: "\"") else {
            defer { place += 1 }
            return try text(bytes[start..<place])
        }
        var unescaped = Array(bytes[start..<place])
        while true {
            guard let byte = next else { throw malformed("a string has no end") }
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case ..<0x20: throw malformed("a string holds a control character")
            default: unescaped.append(byte)
            }
        }
    }

    /// Passes over the next value, whatever it is; it must be JSON.
    package mutating func skip() throws(Malformed) {
        switch try kind() {
        case .object:
            try beginObject()
            while try nextName() != nil { try skip() }
        case .array:
            try beginArray()
            while try nextElement() { try skip() }
        case .string: _ = try string()
        case .number: _ = try double()
        case .bool: _ = try bool()
        case .null: _ = try null()
        }
    }

    /// After the outermost value there must be nothing more.
    package mutating func end() throws(Malformed) {
        skipSpace()
        guard place == bytes.count else { throw malformed("there is text after the end") }
    }

    /// An error at the current place.
    package func malformed(_ reason: String) -> Malformed { Malformed(reason: reason, offset: place) }

    // MARK: - Parts

    private mutating func begin(_ bracket: UInt8, _ reason: String) throws(Malformed) {
        guard take(bracket) else { throw malformed(reason) }
        depth += 1
        guard depth <= Self.maximumDepth else { throw malformed("it is nested too deep") }
        isFirst = true
    }

    /// Reads up to the next member or element, or to the end.
    private mutating func proceeds(to bracket: UInt8, _ reason: String) throws(Malformed) -> Bool {
        defer { isFirst = false }
        if isFirst, !take(bracket) { return true }
        if !isFirst {
            if take(UInt8(ascii: ",")) { return true }
            guard take(bracket) else { throw malformed(reason) }
        }
        depth -= 1
        return false
    }

    private mutating func word(_ word: StaticString) throws(Malformed) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard place + offset < bytes.count, bytes[place + offset] == word.utf8Start[offset] else {
                throw malformed("a value is expected")
            }
        }
        place += word.utf8CodeUnitCount
    }

    private mutating func numberText() throws(Malformed) -> String {
        skipSpace()
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
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() throws(Malformed) {
        let start = place
        while let byte = next, Self.isDigit(byte) { place += 1 }
        guard place > start else { throw malformed("a digit is expected") }
    }

    private func text(_ utf8: ArraySlice<UInt8>) throws(Malformed) -> String {
        guard let text = utf8.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) else {
            throw malformed("a string is not UTF-8")
        }
        return text
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
            guard let digit = next.flatMap(Self.value(ofHexadecimal:)) else {
                throw malformed("four hexadecimal digits are expected")
            }
            code = code << 4 | digit
            place += 1
        }
        return code
    }

    private static func value(ofHexadecimal byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipPlain() {
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }
}
