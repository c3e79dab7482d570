import Synchronization

/// A file of ratings as text, read in stretches on all cores.
///
/// Stretches are cut at line ends, always at the same places, so that nothing depends on which thread reads which.
struct RatingTextFile: Sendable {
    /// For people; `path` is where it is.
    let name: String
    let path: String
    let layout: RatingLayout
    /// How many lines stand before the first row, and how many bytes they have.
    var headerLines = 0
    var headerByteCount = 0
    var options = ImportOptions()

    /// - Parameters:
    ///   - knownItems: the only items that may be rated; nil if any may be. With it the chunks' items are dense numbers.
    ///   - badRows: what other files had, to which this file's bad rows are added.
    /// - Returns: the file's stretches in its order.
    func read(
        knownItems: ItemLookup? = nil, countingIn badRows: inout BadRowCount, progress: ProgressMeter
    ) throws(ImportError) -> [RatingChunk] {
        let file: MappedMemory
        do { file = try MappedMemory(path: path) } catch { throw ImportError(error) }
        let bytes = file.bytes
        let allowed = badRows.maximum - badRows.count
        let parser = RatingChunkParser(
            layout: layout, knownItems: knownItems, keptBadRows: max(BadRowCount.reported, min(allowed, .max - 1) + 1))
        let stretches = stretches(of: bytes)
        let chunks = Mutex([RatingChunk?](repeating: nil, count: stretches.count))
        Parallel.forEach(stretches.count, threads: options.threads) { number in
            // Once the rows before are too many bad ones, this stretch cannot hold the one that ends the import.
            let isLost = chunks.withLock { $0[..<number].reduce(0) { $0 + ($1?.badRowCount ?? 0) } > allowed }
            guard !isLost else { return }
            let rows = stretches[number]
            let chunk = bytes.withUnsafeBufferPointer { parser.parse($0.span, rows: rows) }
            chunks.withLock { $0[number] = chunk }
            file.forget(rows)
            progress.add(rows.count)
        }
        let read = chunks.withLock { $0 }
        try bytes.withUnsafeBufferPointer { (buffer) throws(ImportError) in
            try count(read, in: &badRows) { parser.fault(at: $0, in: buffer.span) }
        }
        progress.add(headerByteCount)
        return read.compactMap { $0 }
    }

    /// Hands the bad rows over in the file's order, with their lines as the whole file counts them.
    private func count(
        _ chunks: [RatingChunk?], in badRows: inout BadRowCount, fault: (Int) -> BadRow
    ) throws(ImportError) {
        var line = headerLines
        for case let chunk? in chunks {
            for row in chunk.badRows {
                if badRows.showsNext {
                    try badRows.add(fault(row.offset), file: name, line: line + row.line)
                } else {
                    badRows.addUnseen(1)
                }
            }
            badRows.addUnseen(chunk.badRowCount - chunk.badRows.count)
            line += chunk.lineCount
        }
    }

    /// The stretch numbered `n` has the lines that start in the `n`-th `chunkByteCount` bytes.
    private func stretches(of bytes: FlatArray<UInt8>) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { buffer in
            var stretches: [Range<Int>] = []
            var start = headerByteCount
            while start < buffer.count {
                var end = min(buffer.count, (start / options.chunkByteCount + 1) * options.chunkByteCount)
                while end < buffer.count && buffer[end - 1] != UInt8(ascii: "\n") { end += 1 }
                stretches.append(start..<end)
                start = end
            }
            return stretches
        }
    }
}
