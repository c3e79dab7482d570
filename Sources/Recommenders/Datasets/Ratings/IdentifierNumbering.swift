/// The dense numbers of all ids that occur in some places: plain numbers by value, then other texts by their bytes.
///
/// That makes no difference of the order in which the ids turned up.
struct IdentifierNumbering: Sendable {
    /// In the order of their dense numbers.
    let texts: [String]
    /// By small number, the dense number; `none` where it does not occur.
    let smallRanks: [UInt32]
    /// By table, by number in it, the dense number.
    let textRanks: [[UInt32]]

    static let none = UInt32.max

    /// - Parameters:
    ///   - small: which small numbers occur.
    ///   - tables: all other texts; one that is in several tables gets one number.
    init(small: SmallNumberSet, tables: [IdentifierTexts]) {
        var merged = IdentifierTexts()
        let mergedNumbers = tables.map { table in
            (0..<table.count).map { number in table.withBytes(of: number) { merged.add($0.span) } }
        }
        var texts: [String] = []
        var smallRanks = [UInt32](repeating: Self.none, count: small.limit)
        small.forEach { number in
            smallRanks[number] = UInt32(texts.count)
            texts.append(String(number))
        }
        var ranks = [UInt32](repeating: 0, count: merged.count)
        for number in Self.order(of: merged) {
            ranks[number] = UInt32(texts.count)
            texts.append(merged.withBytes(of: number) { String(decoding: $0, as: UTF8.self) })
        }
        self.texts = texts
        self.smallRanks = smallRanks
        textRanks = mergedNumbers.map { numbers in numbers.map { ranks[Int($0)] } }
    }

    var count: Int { texts.count }

    /// - Precondition: the id occurs, and `table` has it if it is no small number.
    func rank(of raw: UInt32, table: Int) -> UInt32 {
        raw < RawIdentifiers.smallLimit ? smallRanks[Int(raw)] : textRanks[table][Int(raw - RawIdentifiers.smallLimit)]
    }

    /// Numbers without leading zeros and of at most 18 digits first, by value, which is by length and then by bytes.
    private static func order(of texts: IdentifierTexts) -> [Int] {
        struct Key {
            let length: Int
            let prefix: UInt64
            let number: Int
        }
        var keys = (0..<texts.count).map { number in
            texts.withBytes(of: number) { bytes in
                Key(length: isPlainNumber(bytes) ? bytes.count : .max, prefix: BytePrefix.of(bytes), number: number)
            }
        }
        keys.sort { left, right in
            if left.length != right.length { return left.length < right.length }
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            return texts.withBytes(of: left.number) { leftBytes in
                texts.withBytes(of: right.number) { leftBytes.lexicographicallyPrecedes($0) }
            }
        }
        return keys.map(\.number)
    }

    private static func isPlainNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        1...18 ~= bytes.count && bytes.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            && (bytes[0] != UInt8(ascii: "0") || bytes.count == 1)
    }
}
