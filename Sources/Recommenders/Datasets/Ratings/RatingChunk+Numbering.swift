/// Users or items, as the chunks have them.
enum RatingSide: Sendable {
    case users, items

    func numbers(of chunk: RatingChunk) -> UnsafeMutablePointer<UInt32> { self == .users ? chunk.users : chunk.items }
    func texts(of chunk: RatingChunk) -> IdentifierTexts { self == .users ? chunk.userIDs.texts : chunk.itemIDs.texts }
}

extension RatingChunk {
    /// Gives all users or items of the chunks, and those of `list`, dense numbers, and the chunks these instead of the stand-ins.
    ///
    /// - Parameter list: items that may have no ratings; they are the numbering's table 0.
    static func number(
        _ side: RatingSide, of chunks: [RatingChunk], and list: ItemList? = nil, threads: Int
    ) -> IdentifierNumbering {
        let occurring = Parallel.map(threads, threads: threads) { stripe in
            var small = SmallNumberSet()
            for number in stride(from: stripe, to: chunks.count, by: threads) {
                let numbers = side.numbers(of: chunks[number])
                var before = IdentifierNumbering.none
                for place in 0..<chunks[number].count where numbers[place] != before {
                    before = numbers[place]
                    if before < RawIdentifiers.smallLimit { small.insert(before) }
                }
            }
            return small
        }
        let own = list ?? ItemList()
        let small = occurring.reduce(into: own.smallNumbers) { $0.formUnion($1) }
        let numbering = IdentifierNumbering(small: small, tables: [own.ids.texts] + chunks.map { side.texts(of: $0) })
        Parallel.forEach(chunks.count, threads: threads) { number in
            let numbers = side.numbers(of: chunks[number])
            let texts = numbering.textRanks[number + 1]
            numbering.smallRanks.withUnsafeBufferPointer { small in
                for place in 0..<chunks[number].count {
                    let raw = numbers[place]
                    numbers[place] =
                        raw < RawIdentifiers.smallLimit ? small[Int(raw)] : texts[Int(raw - RawIdentifiers.smallLimit)]
                }
            }
        }
        return numbering
    }
}
