/// Finds the dense numbers of items in a list that is known before the ratings are read.
struct ItemLookup: Sendable {
    private let numbering: IdentifierNumbering
    private let ids: RawIdentifiers
    private let table: Int
    /// For people, where the items are listed: "movies.csv".
    let source: String

    init(_ numbering: IdentifierNumbering, ids: RawIdentifiers, table: Int = 0, source: String) {
        self.numbering = numbering
        self.ids = ids
        self.table = table
        self.source = source
    }

    /// - Returns: nil for an item that the list lacks.
    func number(of field: RowScanner.Field, in bytes: Span<UInt8>) -> UInt32? {
        guard let raw = ids.find(field, in: bytes) else { return nil }
        if raw < RawIdentifiers.smallLimit {
            let number = raw < numbering.smallRanks.count ? numbering.smallRanks[Int(raw)] : IdentifierNumbering.none
            return number == IdentifierNumbering.none ? nil : number
        }
        return numbering.rank(of: raw, table: table)
    }

    /// By small number, the dense number or `IdentifierNumbering.none`.
    var smallNumbers: [UInt32] { numbering.smallRanks }
}
