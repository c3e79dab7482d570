/// Puts rows of ratings one after the other.
struct RatingListBuilder {
    private var starts = [0]
    private var items: [UInt32] = []
    private var codes: [UInt8] = []

    mutating func append(_ item: UInt32, _ code: UInt8) {
        items.append(item)
        codes.append(code)
    }

    mutating func endRow() { starts.append(items.count) }

    /// A whole row with 1 as every rating's code.
    mutating func appendRow(_ row: [UInt32]) {
        for item in row { append(item, 1) }
        endRow()
    }

    var lists: RatingLists { RatingLists(starts: starts, items: items, codes: codes) }
}
