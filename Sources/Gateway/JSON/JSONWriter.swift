import JSON

/// Writes JSON text as it is told to, without an intermediate form: answers are written this way since they are the gateway's
/// main work.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    init(capacity: Int = 1024) {
        bytes.reserveCapacity(capacity)
    }

    static func bytes(of value: some JSONRepresentable, capacity: Int = 1024) -> [UInt8] {
        var json = JSONWriter(capacity: capacity)
        value.write(to: &json)
        return json.bytes
    }

    mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try members(&self)
        close(UInt8(ascii: "}"))
    }

    mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try elements(&self)
        close(UInt8(ascii: "]"))
    }

    /// The name of the next member; its value is written next.
    mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func field(_ name: String, _ value: some JSONRepresentable) {
        key(name)
        value.write(to: &self)
    }

    mutating func string(_ text: String) {
        separate()
        bytes.appendJSON(text)
        needsComma = true
    }

    /// A number, `true`, `false` or `null`, as it is written in JSON.
    mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}
