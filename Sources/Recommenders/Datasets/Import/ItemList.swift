/// Items and what is known of them, in the order of the file that lists them.
struct ItemList: Sendable {
    private(set) var ids = RawIdentifiers()
    /// By index, the stand-in of the id.
    private var raws: [UInt32] = []
    /// By index.
    private(set) var entries: [CatalogueEntry] = []
    private(set) var smallNumbers = SmallNumberSet()
    /// By small number, and by number among the other ids, the index + 1.
    private var indexOfSmall: [UInt32] = []
    private var indexOfText: [UInt32] = []

    var count: Int { entries.count }

    /// - Returns: nil for an item that is not in the list.
    func index(of field: RowScanner.Field, in bytes: Span<UInt8>) -> Int? {
        guard let raw = ids.find(field, in: bytes) else { return nil }
        guard raw < RawIdentifiers.smallLimit else { return Int(indexOfText[Int(raw - RawIdentifiers.smallLimit)]) - 1 }
        guard raw < indexOfSmall.count, indexOfSmall[Int(raw)] > 0 else { return nil }
        return Int(indexOfSmall[Int(raw)]) - 1
    }

    /// - Precondition: the item is not in the list.
    /// - Throws: when the field is no identifier.
    mutating func add(_ field: RowScanner.Field, in bytes: Span<UInt8>, entry: CatalogueEntry) throws(BadRow) {
        try RawIdentifiers.check(field, in: bytes)
        let raw = ids.add(field, in: bytes)
        raws.append(raw)
        entries.append(entry)
        if raw < RawIdentifiers.smallLimit {
            smallNumbers.insert(raw)
            if raw >= indexOfSmall.count {
                let size = min(Int(RawIdentifiers.smallLimit), max(Int(raw) + 1, 2 * indexOfSmall.count))
                indexOfSmall.append(contentsOf: repeatElement(0, count: size - indexOfSmall.count))
            }
            indexOfSmall[Int(raw)] = UInt32(count)
        } else {
            indexOfText.append(UInt32(count))
        }
    }

    mutating func setLink(_ name: String, to text: String, ofItem index: Int) { entries[index].links[name] = text }

    /// The numbering of these items and no others.
    func numbering() -> IdentifierNumbering { IdentifierNumbering(small: smallNumbers, tables: [ids.texts]) }

    /// The entries in a numbering's order; items that are not in this list are called as their ids are.
    ///
    /// - Precondition: this list is table 0 of the numbering.
    func entries(in numbering: IdentifierNumbering) -> [CatalogueEntry] {
        var indices = [Int?](repeating: nil, count: numbering.count)
        for (index, raw) in raws.enumerated() { indices[Int(numbering.rank(of: raw, table: 0))] = index }
        return indices.enumerated().map { rank, index in
            index.map { entries[$0] } ?? CatalogueEntry(title: numbering.texts[rank])
        }
    }
}
