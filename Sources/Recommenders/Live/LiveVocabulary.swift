import Synchronization

/// The numbers of ids that a data set does not know, behind its own. It only grows; which of them somebody is to see goes by their count.
final class LiveVocabulary<ID: Identifier>: Sendable {
    let known: Vocabulary<ID>
    private let added = Mutex<(numbers: [ID: UInt32], ids: [ID])>(([:], []))

    init(_ known: Vocabulary<ID>) {
        self.known = known
    }

    /// - Returns: nil when the number is not below `count`.
    func number(of id: ID, among count: Int) -> UInt32? {
        if let number = known.index(of: id) { return number }
        guard count > known.count else { return nil }
        return added.withLock { $0.numbers[id] }.flatMap { $0 < count ? $0 : nil }
    }

    /// A new one where there is none.
    ///
    /// - Returns: nil when it would not be below `limit`.
    func number(adding id: ID, below limit: Int) -> UInt32? {
        if let number = known.index(of: id) { return number }
        return added.withLock { added in
            if let number = added.numbers[id] { return number }
            let number = known.count + added.ids.count
            guard number < limit else { return nil }
            added.numbers[id] = UInt32(number)
            added.ids.append(id)
            return UInt32(number)
        }
    }

    /// With those that were added.
    var count: Int { known.count + added.withLock { $0.ids.count } }

    subscript(number: UInt32) -> ID {
        number < known.count ? known[number] : added.withLock { $0.ids[Int(number) - known.count] }
    }
}
