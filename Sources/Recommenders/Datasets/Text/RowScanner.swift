/// Walks through a text file line by line and says where each line's fields are.
///
/// Lines end with LF or CRLF, the last one may lack its end; empty lines and a byte order mark are passed over. A quoted field
/// ends on its line: a quote that is never closed costs one row, not the rest of the file.
struct RowScanner {
    struct Field {
        /// Its bytes, the quotes around it left out.
        let range: Range<Int>
        let hasDoubledQuotes: Bool

        /// The field without the spaces and tabs at its ends.
        func trimmed(in bytes: Span<UInt8>) -> Field {
            func isSpace(_ place: Int) -> Bool { bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\t") }
            var (start, end) = (range.lowerBound, range.upperBound)
            while start < end && isSpace(start) { start += 1 }
            while start < end && isSpace(end - 1) { end -= 1 }
            return Field(range: start..<end, hasDoubledQuotes: hasDoubledQuotes)
        }
    }

    /// The fields of the row that `next(in:)` came to.
    private(set) var fields: [Field] = []
    /// That row's line, counted from 1 at the first line that the scanner saw.
    private(set) var line = 0
    /// Where the next line starts.
    private(set) var offset: Int
    private let separator: Separator

    /// - Parameter offset: where a line starts.
    init(_ separator: Separator, at offset: Int = 0) {
        self.separator = separator
        self.offset = offset
        fields.reserveCapacity(8)
    }

    /// - Parameter end: rows that start there or behind it are left alone; nil for the end of the bytes.
    /// - Returns: whether there was another row.
    /// - Throws: what is wrong with the row; the following call goes on behind it.
    mutating func next(in bytes: Span<UInt8>, before end: Int? = nil) throws(BadRow) -> Bool {
        if offset == 0 { offset = Self.byteOrderMarkLength(of: bytes) }
        while offset < end ?? bytes.count {
            line += 1
            fields.removeAll(keepingCapacity: true)
            switch separator {
            case .comma, .semicolon: try scanQuotable(in: bytes)
            case .tab, .pipe: scanPlain(in: bytes)
            case .spaces: scanSpaces(in: bytes)
            case .twoColons: scanColons(in: bytes)
            }
            let isEmptyLine = fields.isEmpty || (fields.count == 1 && fields[0].range.isEmpty)
            if !isEmptyLine { return true }
        }
        return false
    }

    /// Lines up to `place`, where one starts, that a caller has read by itself.
    mutating func skip(lines: Int, to place: Int) {
        line += lines
        offset = place
    }

    /// 3 or 0.
    static func byteOrderMarkLength(of bytes: Span<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    private mutating func add(_ range: Range<Int>, hasDoubledQuotes: Bool = false) {
        fields.append(Field(range: range, hasDoubledQuotes: hasDoubledQuotes))
    }

    private mutating func scanPlain(in bytes: Span<UInt8>) {
        let separator = separator.byte
        var start = offset
        var place = offset
        while place < bytes.count && bytes[place] != Self.lineFeed {
            if bytes[place] == separator {
                add(start..<place)
                start = place + 1
            }
            place += 1
        }
        add(start..<lineEnd(place, from: start, in: bytes))
        offset = place + 1
    }

    private mutating func scanSpaces(in bytes: Span<UInt8>) {
        var place = offset
        while place < bytes.count && bytes[place] != Self.lineFeed {
            let start = place
            while place < bytes.count && !Self.isSpaceOrLineEnd(bytes[place]) { place += 1 }
            if place > start { add(start..<place) }
            if place < bytes.count && bytes[place] != Self.lineFeed { place += 1 }
        }
        offset = place + 1
    }

    private mutating func scanColons(in bytes: Span<UInt8>) {
        var start = offset
        var place = offset
        while place < bytes.count && bytes[place] != Self.lineFeed {
            if bytes[place] == Self.colon && place + 1 < bytes.count && bytes[place + 1] == Self.colon {
                add(start..<place)
                place += 2
                start = place
            } else {
                place += 1
            }
        }
        add(start..<lineEnd(place, from: start, in: bytes))
        offset = place + 1
    }

    private mutating func scanQuotable(in bytes: Span<UInt8>) throws(BadRow) {
        let separator = separator.byte
        var start = offset
        var place = offset
        while place < bytes.count {
            let byte = bytes[place]
            if byte == separator {
                add(start..<place)
                place += 1
                start = place
            } else if byte == Self.lineFeed {
                break
            } else if byte == Self.quote && place == start {
                place = try scanQuoted(from: place + 1, in: bytes)
                guard place < bytes.count && bytes[place] == separator else {
                    offset = place + 1
                    return
                }
                place += 1
                start = place
            } else {
                place += 1
            }
        }
        add(start..<lineEnd(place, from: start, in: bytes))
        offset = place + 1
    }

    /// Adds the field whose first byte behind the opening quote is at `start`.
    ///
    /// - Returns: where it is followed by a separator, the line's end or the file's.
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
            add(start..<place, hasDoubledQuotes: hasDoubledQuotes)
            place += 1
            if place + 1 < bytes.count && bytes[place] == Self.carriageReturn && bytes[place + 1] == Self.lineFeed { place += 1 }
            if place == bytes.count || bytes[place] == separator.byte || bytes[place] == Self.lineFeed { return place }
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

    private static func isSpaceOrLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == lineFeed || byte == carriageReturn
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")
    private static let colon = UInt8(ascii: ":")
}
