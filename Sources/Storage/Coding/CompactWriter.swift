/// Writes JSON out of arrays, in which every value has its place instead of a name: a fraction of the size and of the time of
/// `JSONEncoder`, and still to be read in `redis-cli`.
struct CompactWriter {
    private(set) var bytes: [UInt8]
    /// False once a number was written that JSON has no form for.
    private(set) var isValid = true
    private var needsComma = false

    /// - Parameter prefix: stands before the JSON.
    init(prefix: String, capacity: Int) {
        bytes = Array(prefix.utf8)
        bytes.reserveCapacity(capacity)
    }

    mutating func array(_ writeElements: (inout CompactWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        writeElements(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    mutating func null() { token("null") }

    mutating func write(_ value: Bool) { token(value ? "true" : "false") }

    mutating func write(_ number: some FixedWidthInteger) { token(String(number)) }

    mutating func write(_ number: Double) {
        isValid = isValid && number.isFinite
        token(number.description)
    }

    mutating func write(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { characters in
            if characters.contains(where: { Self.needsEscape($0) }) {
                for character in characters { escape(character) }
            } else {
                bytes.append(contentsOf: characters)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// `null`, or what `write` makes of the value.
    mutating func optional<Value>(_ value: Value?, _ write: (inout CompactWriter, Value) -> Void) {
        if let value { write(&self, value) } else { null() }
    }

    mutating func optional(_ text: String?) { optional(text) { $0.write($1) } }
    mutating func optional(_ number: Double?) { optional(number) { $0.write($1) } }
    mutating func optional(_ number: (some FixedWidthInteger)?) { optional(number) { $0.write($1) } }

    private mutating func token(_ text: String) {
        separate()
        bytes += text.utf8
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private static func needsEscape(_ character: UInt8) -> Bool {
        character < 0x20 || character == UInt8(ascii: "\"") || character == UInt8(ascii: "\\")
    }

    private mutating func escape(_ character: UInt8) {
        guard Self.needsEscape(character) else { return bytes.append(character) }
        bytes.append(UInt8(ascii: "\\"))
        guard character < 0x20 else { return bytes.append(character) }
        let digits = String(character, radix: 16)
        bytes += "u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8
    }
}
