/// A vocabulary and the ids that turn up besides, which are numbered behind it in the order in which they do.
struct GrowingVocabulary<ID: Identifier> {
    let known: Vocabulary<ID>
    private(set) var added: [ID] = []
    private var numbers: [ID: UInt32] = [:]

    init(_ known: Vocabulary<ID>) {
        self.known = known
    }

    var count: Int { known.count + added.count }

    mutating func number(of id: ID) -> UInt32 {
        if let number = known.index(of: id) ?? numbers[id] { return number }
        let number = UInt32(count)
        numbers[id] = number
        added.append(id)
        return number
    }

    /// Only those whose numbers are kept, in the same order.
    func vocabulary(keeping isKept: (Int) -> Bool) -> Vocabulary<ID> {
        if added.isEmpty, known.ids.indices.allSatisfy(isKept) { return known }
        let old = known.ids.indices.filter(isKept).map { known.ids[$0].rawValue }
        let new = added.indices.filter { isKept(known.count + $0) }.map { added[$0].rawValue }
        return Vocabulary(texts: old + new)
    }
}
