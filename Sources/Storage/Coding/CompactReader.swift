/// Reads what `CompactWriter` wrote, value by value in its order.
struct CompactReader: ~Copyable {
    /// The text is not what was expected at that place.
    struct Mismatch: Error {}

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var isFirst = true

    /// - Parameter start: how many bytes come before the JSON.
    init(_ bytes: ArraySlice<UInt8>, from start: Int) {
        self.bytes = bytes
        position = bytes.startIndex + start
    }

    mutating func array<Result>(
        _ readElements: (inout CompactReader) throws -> Result
    ) throws -> Result {
        try separate()
        try expect(UInt8(ascii: "["))
        isFirst = true
        let result = try readElements(&self)
        try skipRest()
        isFirst = false
        return result
    }

    /// Goes behind the end of the array that it is in: newer programs put more at the end, which older ones do without.
    private mutating func skipRest() throws {
        var depth = 1
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""): try skipString()
            default: break
            }
            if depth == 0 { return }
        }
        throw Mismatch()
    }

    /// - Precondition: it has begun.
    private mutating func skipString() throws {
        while let byte = peek, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        try expect(UInt8(ascii: "\""))
    }

    /// An array of any number of elements.
    mutating func list<Element>(
        _ readElement: (inout CompactReader) throws -> Element
    ) throws -> [Element] {
        try array { reader throws in
            var elements: [Element] = []
            while reader.peek != UInt8(ascii: "]") { elements.append(try readElement(&reader)) }
            return elements
        }
    }

    /// nil for `null`, else what `read` makes of it.
    mutating func optional<Value>(
        _ read: (inout CompactReader) throws -> Value
    ) throws -> Value? {
        let before = (position, isFirst)
        try separate()
        if peek == UInt8(ascii: "n") {
            guard try token() == "null" else { throw Mismatch() }
            return nil
        }
        (position, isFirst) = before
        return try read(&self)
    }

    mutating func bool() throws -> Bool {
        try separate()
        switch try token() {
        case "true": return true
        case "false": return false
        default: throw Mismatch()
        }
    }

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws -> Number {
        try separate()
        guard let number = Number(try token()) else { throw Mismatch() }
        return number
    }

    mutating func double() throws -> Double {
        try separate()
        guard let number = Double(try token()), number.isFinite else { throw Mismatch() }
        return number
    }

    mutating func string() throws -> String {
        try separate()
        try expect(UInt8(ascii: "\""))
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        var text = bytes[start..<position]
        while peek == UInt8(ascii: "\\") {
            text.append(try escape())
            let start = position
            while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
            text += bytes[start..<position]
        }
        try expect(UInt8(ascii: "\""))
        guard let string = String(validating: text, as: UTF8.self) else { throw Mismatch() }
        return string
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func expect(_ byte: UInt8) throws {
        guard peek == byte else { throw Mismatch() }
        position += 1
    }

    private mutating func separate() throws {
        if !isFirst { try expect(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func token() throws -> String {
        let start = position
        while let byte = peek, byte != UInt8(ascii: ","), byte != UInt8(ascii: "]") { position += 1 }
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else { throw Mismatch() }
        return text
    }

    private mutating func escape() throws -> UInt8 {
        position += 1
        guard let byte = peek else { throw Mismatch() }
        position += 1
        guard byte == UInt8(ascii: "u") else { return byte }
        guard position + 4 <= bytes.endIndex,
            let digits = String(validating: bytes[position..<position + 4], as: UTF8.self),
            let value = UInt8(digits, radix: 16), value < 0x80
        else { throw Mismatch() }
        position += 4
        return value
    }
}
