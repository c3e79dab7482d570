/// Walks through a text file line by line and says where each line's fields are.
///
/// Lines end with LF or CRLF, the last one may lack its end; empty lines and a byte order mark are passed over. A quoted field
/// ends on its line: a quote that is never closed costs one row, not the rest of the file.
struct RowScanner {
    enum Separator {
        /// RFC 4180: a field may stand in quotes, a quote in it is doubled.
        case comma
        /// MovieLens before 2014: two colons, no quoting.
        case twoColons
    }

    struct Field {
        /// Its bytes, the quotes around it left out.
        let range: Range<Int>
        let hasDoubledQuotes: Bool
    }

    /// The fields of the row that `next(in:)` came to.
    private(set) var fields: [Field] = []
    /// That row's line, counted from 1.
    private(set) var line = 0
    /// Where the next line starts.
    private(set) var offset = 0
    private let separator: Separator

    init(_ separator: Separator) {
        self.separator = separator
        fields.reserveCapacity(8)
    }

    /// - Returns: whether there was another row.
    /// - Throws: what is wrong with the row; the following call goes on behind it.
    mutating func next(in bytes: Span<UInt8>) throws(BadRow) -> Bool {
        if offset == 0 { skipByteOrderMark(in: bytes) }
        while offset < bytes.count {
            line += 1
            fields.removeAll(keepingCapacity: true)
            switch separator {
            case .comma: try scanCommas(in: bytes)
            case .twoColons: scanColons(in: bytes)
            }
            let isEmptyLine = fields.count == 1 && fields[0].range.isEmpty
            if !isEmptyLine { return true }
        }
        return false
    }

    private mutating func skipByteOrderMark(in bytes: Span<UInt8>) {
        if bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF { offset = 3 }
    }

    private mutating func scanColons(in bytes: Span<UInt8>) {
        var start = offset
        var place = offset
        while place < bytes.count && bytes[place] != Self.lineFeed {
            if bytes[place] == Self.colon && place + 1 < bytes.count && bytes[place + 1] == Self.colon {
                fields.append(Field(range: start..<place, hasDoubledQuotes: false))
                place += 2
                start = place
            } else {
                place += 1
            }
        }
        fields.append(Field(range: start..<lineEnd(place, from: start, in: bytes), hasDoubledQuotes: false))
        offset = place + 1
    }

    private mutating func scanCommas(in bytes: Span<UInt8>) throws(BadRow) {
        var start = offset
        var place = offset
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Self.comma {
                fields.append(Field(range: start..<place, hasDoubledQuotes: false))
                place += 1
                start = place
            } else if byte == Self.lineFeed {
                break
            } else if byte == Self.quote && place == start {
                place = try scanQuoted(from: place + 1, in: bytes)
                guard place < bytes.count && bytes[place] == Self.comma else {
                    offset = place + 1
                    return
                }
                place += 1
                start = place
            } else {
                place += 1
            }
        }
        fields.append(Field(range: start..<lineEnd(place, from: start, in: bytes), hasDoubledQuotes: false))
        offset = place + 1
    }

    /// Adds the field whose first byte behind the opening quote is at `start`.
    ///
    /// - Returns: where it is followed by a comma, the line's end or the file's.
    private mutating func scanQuoted(from start: Int, in bytes: Span<UInt8>) throws(BadRow) -> Int {
        var place = start
        var hasDoubledQuotes = false
        while place < bytes.count && bytes[place] != Self.lineFeed {
            guard bytes[place] == Self.quote else {
                place += 1
                continue
            }
            if place + 1 < bytes.count && bytes[place + 1] == Self.quote {
                hasDoubledQuotes = true
                place += 2
                continue
            }
            fields.append(Field(range: start..<place, hasDoubledQuotes: hasDoubledQuotes))
            place += 1
            if place + 1 < bytes.count && bytes[place] == Self.carriageReturn && bytes[place + 1] == Self.lineFeed { place += 1 }
            if place == bytes.count || bytes[place] == Self.comma || bytes[place] == Self.lineFeed { return place }
            skipLine(from: place, in: bytes)
            throw BadRow("text behind a closing quote")
        }
        skipLine(from: place, in: bytes)
        throw BadRow("a quote that is not closed on its line")
    }

    private mutating func skipLine(from start: Int, in bytes: Span<UInt8>) {
        var place = start
        while place < bytes.count && bytes[place] != Self.lineFeed { place += 1 }
        offset = place + 1
    }

    private func lineEnd(_ place: Int, from start: Int, in bytes: Span<UInt8>) -> Int {
        place > start && bytes[place - 1] == Self.carriageReturn ? place - 1 : place
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let colon = UInt8(ascii: ":")
}
