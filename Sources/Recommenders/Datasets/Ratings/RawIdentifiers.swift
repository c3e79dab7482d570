/// Stands-in for the ids of a file or a part of one, before it is known which ids there are.
///
/// Small plain numbers, which is what the ids of nearly every data set are, stand for themselves; of other texts the stand-in is
/// `smallLimit` + their number in `texts`.
struct RawIdentifiers {
    /// Plain numbers below it stand for themselves.
    static let smallLimit: UInt32 = 1 << 22

    private(set) var texts = IdentifierTexts()

    /// - Throws: when the field is no identifier: empty, longer than 128 bytes, no UTF-8, or with quotes in it.
    static func check(_ field: RowScanner.Field, in bytes: Span<UInt8>) throws(BadRow) {
        guard 1...128 ~= field.range.count else { throw BadRow("an id of \(field.range.count) bytes; 1 to 128 are allowed") }
        guard !field.hasDoubledQuotes, bytes.isText(in: field.range) else {
            throw BadRow("an id that is no UTF-8 text without quotes")
        }
    }

    /// - Precondition: `check` has nothing against the field.
    mutating func add(_ field: RowScanner.Field, in bytes: Span<UInt8>) -> UInt32 {
        Self.small(field.range, in: bytes) ?? Self.smallLimit + texts.add(bytes.extracting(field.range))
    }

    /// - Returns: nil for a text that was never added; small numbers always have a stand-in.
    func find(_ field: RowScanner.Field, in bytes: Span<UInt8>) -> UInt32? {
        Self.small(field.range, in: bytes) ?? texts.number(of: bytes.extracting(field.range)).map { Self.smallLimit + $0 }
    }

    /// The number whose usual notation the bytes are, if it is small: "7", but not "07" or "+7", which are other ids.
    private static func small(_ range: Range<Int>, in bytes: Span<UInt8>) -> UInt32? {
        guard 1...7 ~= range.count else { return nil }
        guard bytes[range.lowerBound] != UInt8(ascii: "0") || range.count == 1 else { return nil }
        var number: UInt32 = 0
        for place in range {
            let digit = bytes[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + UInt32(digit)
        }
        return number < smallLimit ? number : nil
    }
}
