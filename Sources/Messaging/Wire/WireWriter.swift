import JSON
import Jobs
import Recommenders

/// Appends the JSON of messages to bytes, without anything in between.
struct WireWriter {
    private(set) var bytes: [UInt8] = []
    /// False once a number was written that JSON has no form for.
    private(set) var isValid = true
    private var needsComma = false

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func object(_ members: (inout WireWriter) -> Void) { enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), members) }

    mutating func array<Element>(_ elements: [Element], _ write: (inout WireWriter, Element) -> Void) {
        enclosed(UInt8(ascii: "["), UInt8(ascii: "]")) { wire in
            for element in elements { write(&wire, element) }
        }
    }

    /// The name of the next member; its value is written next.
    mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func string(_ text: String) {
        separate()
        bytes.appendJSON(text)
    }

    mutating func integer(_ number: some FixedWidthInteger) { token(String(number)) }

    mutating func double(_ number: Double) {
        isValid = isValid && number.isFinite
        token(number.description)
    }

    mutating func bool(_ flag: Bool) { token(flag ? "true" : "false") }

    private mutating func enclosed(_ start: UInt8, _ end: UInt8, _ content: (inout WireWriter) -> Void) {
        separate()
        bytes.append(start)
        needsComma = false
        content(&self)
        bytes.append(end)
        needsComma = true
    }

    private mutating func token(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
