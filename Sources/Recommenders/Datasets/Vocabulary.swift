/// External ids and their dense indices, which is all that the algorithms see (after LensKit's class of that name).
package struct Vocabulary<ID: Identifier>: Sendable {
    /// By index.
    package let ids: Identifiers<ID>
    /// The indices in the order of their ids' bytes.
    let order: FlatArray<UInt32>

    /// - Precondition: no id occurs twice.
    package init(_ ids: [ID]) { self.init(texts: ids.map(\.rawValue)) }

    /// - Precondition: the texts are identifiers, of which none occurs twice.
    init(texts: [String]) {
        let table = TextTable(texts)
        var keys = table.indices.map { index in
            (prefix: table.withBytes(of: index) { BytePrefix.of($0) }, index: UInt32(index))
        }
        keys.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            return table.withBytes(of: Int(right.index)) { table.compare(Int(left.index), with: $0) } < 0
        }
        for place in keys.indices.dropFirst() where keys[place - 1].prefix == keys[place].prefix {
            let difference = table.withBytes(of: Int(keys[place].index)) { table.compare(Int(keys[place - 1].index), with: $0) }
            precondition(difference != 0, "an id twice")
        }
        ids = Identifiers(texts: table)
        order = FlatArray(keys.map(\.index))
    }

    /// - Throws: what is wrong when the texts are no identifiers, or `order` is not theirs.
    init(texts: TextTable, order: FlatArray<UInt32>) throws(InvalidVocabulary) {
        ids = Identifiers(texts: texts)
        self.order = order
        if let byteCounts = texts.byteCounts {
            for byteCount in [byteCounts.lowerBound, byteCounts.upperBound] where !Identifiers<ID>.byteCounts.contains(byteCount)
            {
                throw .identifier(byteCount: byteCount)
            }
        }
        let highest = order.withUnsafeBufferPointer { $0.max() } ?? 0
        guard order.count == texts.count, order.isEmpty || highest < texts.count else { throw .order }
        let fault = texts.firstFault(in: order) { difference -> InvalidVocabulary? in
            difference == 0 ? .repetition : difference > 0 ? .order : nil
        }
        if let fault { throw fault }
    }

    package var count: Int { ids.count }

    /// The same for the same ids in the same order, and by chance only for others.
    ///
    /// - Complexity: O(bytes of the ids).
    package var fingerprint: UInt64 { XXHash64.checksum(of: ids.texts.stored.span.bytes) }

    /// - Complexity: O(log count).
    package func index(of id: ID) -> UInt32? {
        var text = id.rawValue
        return text.withUTF8 { bytes in
            var low = 0
            var high = order.count
            while low < high {
                let middle = (low + high) / 2
                let difference = ids.texts.compare(Int(order[middle]), with: bytes)
                if difference == 0 { return order[middle] }
                if difference < 0 { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    package subscript(index: UInt32) -> ID { ids[Int(index)] }
}

/// Ids as a collection, each made when it is asked for.
package struct Identifiers<ID: Identifier>: RandomAccessCollection, Sendable {
    static var byteCounts: ClosedRange<Int> { 1...128 }

    let texts: TextTable

    package var startIndex: Int { 0 }
    package var endIndex: Int { texts.count }
    package subscript(index: Int) -> ID { ID(checked: texts[index]) }
}

/// Why texts are no vocabulary.
enum InvalidVocabulary: Error {
    case identifier(byteCount: Int)
    case repetition
    /// The indices do not stand in the order of the ids' bytes.
    case order
}
