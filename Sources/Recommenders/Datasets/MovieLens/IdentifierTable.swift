/// Numbers the external ids of a file in the order in which they turn up.
///
/// Small plain numbers, which is what the ids of nearly every data set are, go through a table instead of a hash.
struct IdentifierTable {
    /// Ids below it are looked up in the table, of at most 16 MiB.
    private static let tableLimit: Int64 = 1 << 22

    /// The id's text and, if it is a plain number of at most 18 digits, that; by index.
    private(set) var ids: [(text: String, number: Int64?)] = []
    /// By number, the index + 1; 0 for none.
    private var table: [UInt32] = []
    private var others: [[UInt8]: UInt32] = [:]

    var count: Int { ids.count }

    /// - Returns: nil for an id that was never added.
    func index(of field: RowScanner.Field, in bytes: Span<UInt8>) -> UInt32? {
        if let number = tableNumber(field, in: bytes) {
            return number < table.count && table[number] > 0 ? table[number] - 1 : nil
        }
        return others[bytes.copy(of: field.range)]
    }

    /// - Throws: when the field is no identifier: empty, longer than 128 bytes, no UTF-8, or with quotes in it.
    mutating func add(_ field: RowScanner.Field, in bytes: Span<UInt8>) throws(BadRow) -> UInt32 {
        if let number = tableNumber(field, in: bytes) {
            if number < table.count && table[number] > 0 { return table[number] - 1 }
            if number >= table.count {
                let size = min(Int(Self.tableLimit), max(number + 1, 2 * table.count))
                table.append(contentsOf: repeatElement(0, count: size - table.count))
            }
            ids.append((String(number), Int64(number)))
            table[number] = UInt32(ids.count)
            return UInt32(ids.count - 1)
        }
        let content = bytes.copy(of: field.range)
        if let index = others[content] { return index }
        guard 1...128 ~= content.count else { throw BadRow("an id of \(content.count) bytes; 1 to 128 are allowed") }
        guard !field.hasDoubledQuotes, let text = String(validating: content, as: UTF8.self) else {
            throw BadRow("an id that is no UTF-8 text without quotes")
        }
        others[content] = UInt32(ids.count)
        ids.append((text, plainNumber(field.range, in: bytes)))
        return UInt32(ids.count - 1)
    }

    /// By index, the id's place when numbers ascend and other texts follow them in the order of their bytes.
    func ranks() -> [UInt32] {
        let order = ids.indices.sorted { left, right in
            switch (ids[left].number, ids[right].number) {
            case (let left?, let right?): left < right
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): ids[left].text.utf8.lexicographicallyPrecedes(ids[right].text.utf8)
            }
        }
        var ranks = [UInt32](repeating: 0, count: ids.count)
        for (rank, index) in order.enumerated() { ranks[index] = UInt32(rank) }
        return ranks
    }

    private func tableNumber(_ field: RowScanner.Field, in bytes: Span<UInt8>) -> Int? {
        guard let number = plainNumber(field.range, in: bytes), number < Self.tableLimit else { return nil }
        return Int(number)
    }

    /// The number whose usual notation the bytes are: "7", but not "07" or "+7", which are other ids.
    private func plainNumber(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int64? {
        guard !range.isEmpty, bytes[range.lowerBound] != UInt8(ascii: "-") else { return nil }
        guard bytes[range.lowerBound] != UInt8(ascii: "0") || range.count == 1 else { return nil }
        return bytes.integer(in: range)
    }
}
