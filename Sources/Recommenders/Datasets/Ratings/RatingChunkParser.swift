/// Reads the rows of one stretch of a file of ratings.
struct RatingChunkParser: Sendable {
    let layout: RatingLayout
    /// nil where the items are those that are rated.
    let knownItems: ItemLookup?
    /// So many bad rows of a stretch are kept; of the others only the number.
    let keptBadRows: Int
    /// By rating in tenths, its code; 0 for one that is to be read with more care.
    private let codesOfTenths: [UInt8]

    init(layout: RatingLayout, knownItems: ItemLookup?, keptBadRows: Int) {
        self.layout = layout
        self.knownItems = knownItems
        self.keptBadRows = keptBadRows
        codesOfTenths = (0..<100).map { tenths in
            switch layout.values {
            case .exact(let scale, _): scale.code(for: Double(tenths) / 10) ?? 0
            case .nearest(let scale): scale.nearestCode(for: Double(tenths) / 10) ?? 0
            case .numbers, .none: 1
            }
        }
    }

    /// - Parameter rows: from where a line starts to behind the end of another.
    func parse(_ bytes: Span<UInt8>, rows: Range<Int>) -> RatingChunk {
        let chunk = RatingChunk(capacity: rows.count / layout.minimumRowLength + 1, keepsValues: layout.keepsValues)
        var scanner = RowScanner(layout.separator, at: rows.lowerBound)
        var plainEnd = rows.upperBound
        // Plain rows are read up to a line feed, which the last line of a file may lack.
        while plainEnd > rows.lowerBound && bytes[plainEnd - 1] != UInt8(ascii: "\n") { plainEnd -= 1 }
        let form = PlainRow.Form(layout)
        while true {
            if let form { takePlainRows(bytes, from: &scanner, to: plainEnd, as: form, into: chunk) }
            let start = scanner.offset
            do throws(BadRow) {
                guard try scanner.next(in: bytes, before: rows.upperBound) else { break }
                try take(scanner.fields, bytes, into: chunk)
            } catch {
                chunk.badRowCount += 1
                if chunk.badRows.count < keptBadRows { chunk.badRows.append((line: scanner.line, offset: start)) }
            }
            chunk.rowCount += 1
        }
        chunk.lineCount = scanner.line
        return chunk
    }

    /// What is wrong with the first row at or behind `offset`, which is a bad one.
    func fault(at offset: Int, in bytes: Span<UInt8>) -> BadRow {
        var scanner = RowScanner(layout.separator, at: offset)
        do throws(BadRow) {
            _ = try scanner.next(in: bytes)
            try take(scanner.fields, bytes, into: RatingChunk(capacity: 1, keepsValues: layout.keepsValues))
        } catch {
            return error
        }
        return BadRow("a row that cannot be read")
    }

    /// The rows from where the scanner is up to the first that is not plain.
    private func takePlainRows(
        _ bytes: Span<UInt8>, from scanner: inout RowScanner, to end: Int, as form: PlainRow.Form, into chunk: RatingChunk
    ) {
        bytes.withUnsafeBufferPointer { buffer in
            guard let bytes = buffer.baseAddress, scanner.offset < end else { return }
            let start = chunk.count
            var place = scanner.offset
            var row = PlainRow()
            let knownItems = knownItems?.smallNumbers ?? []
            knownItems.withUnsafeBufferPointer { knownItems in
                codesOfTenths.withUnsafeBufferPointer { codes in
                    let looksUp = self.knownItems != nil
                    while place < end {
                        let rowStart = place
                        guard row.read(bytes, at: &place, as: form) else { break }
                        var item = row.item
                        if looksUp { item = Int(item) < knownItems.count ? knownItems[Int(item)] : IdentifierNumbering.none }
                        let code = codes[row.tenths]
                        guard code != 0, item != IdentifierNumbering.none else {
                            place = rowStart
                            break
                        }
                        chunk.values?[chunk.count] = Float(Double(row.tenths) / 10)
                        chunk.add(user: row.user, item: item, code: code, time: row.time)
                    }
                }
            }
            chunk.rowCount += chunk.count - start
            scanner.skip(lines: chunk.count - start, to: place)
        }
    }

    private func take(_ fields: [RowScanner.Field], _ bytes: Span<UInt8>, into chunk: RatingChunk) throws(BadRow) {
        guard fields.count == layout.width else {
            throw BadRow("\(fields.count) fields where \(layout.width) are expected")
        }
        func field(_ column: Int) -> RowScanner.Field { layout.trimsSpaces ? fields[column].trimmed(in: bytes) : fields[column] }
        let (userField, itemField) = (field(layout.user), field(layout.item))
        let knownItem = knownItems?.number(of: itemField, in: bytes)
        if let knownItems, knownItem == nil { throw BadRow("a rating of a film that \(knownItems.source) lacks") }
        let (code, value) = try layout.rating.map { (column) throws(BadRow) in try rating(field(column), bytes) } ?? (1, 1)
        let time = try layout.time.map { (column) throws(BadRow) in try seconds(field(column), bytes) } ?? 0
        // Nothing of a bad row may stay behind, so the last that can be wrong comes before the first that is kept.
        try RawIdentifiers.check(itemField, in: bytes)
        try RawIdentifiers.check(userField, in: bytes)
        chunk.values?[chunk.count] = value
        chunk.add(
            user: chunk.userIDs.add(userField, in: bytes), item: knownItem ?? chunk.itemIDs.add(itemField, in: bytes), code: code,
            time: time)
    }

    private func rating(_ field: RowScanner.Field, _ bytes: Span<UInt8>) throws(BadRow) -> (code: UInt8, value: Float) {
        guard let value = bytes.decimal(in: field.range) else { throw BadRow("a rating that is no number") }
        switch layout.values {
        case .exact(let scale, let place):
            guard let code = scale.code(for: value) else {
                throw BadRow("the rating \(value), which is no \(place) from \(scale.minimum) to \(scale.maximum)")
            }
            return (code, 0)
        case .nearest(let scale):
            guard let code = scale.nearestCode(for: value) else {
                throw BadRow("the rating \(value), which is not between \(scale.minimum) and \(scale.maximum)")
            }
            return (code, 0)
        case .numbers, .none:
            return (1, Float(value))
        }
    }

    private func seconds(_ field: RowScanner.Field, _ bytes: Span<UInt8>) throws(BadRow) -> UInt32 {
        let range = field.range
        if let seconds = Timestamp.seconds(in: range, of: bytes) { return seconds }
        guard layout.allowsDates else { throw BadRow("a timestamp that is no whole number") }
        guard let seconds = Timestamp.secondsOfDate(in: range, of: bytes) else {
            throw BadRow("a timestamp that is neither a number nor an ISO 8601 date")
        }
        return seconds
    }
}
