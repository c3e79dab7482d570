/// What waits for an answer that names it by number: messages sent and not confirmed, or delivered and not settled.
///
/// The numbers of a channel are 1, 2, 3, …; answers come in any order, and one may stand for all numbers up to its own.
struct TagWindow<Element> {
    private var elements: [Element?] = []
    /// Answered elements at the front of `elements`, not taken out yet.
    private var gone = 0
    private var nextTag: UInt64 = 1
    private(set) var count = 0

    /// The lowest number without an answer.
    var firstTag: UInt64? { count == 0 ? nil : nextTag - UInt64(elements.count - gone) }

    var first: Element? { count == 0 ? nil : elements[gone] }

    mutating func append(_ element: Element) -> UInt64 {
        elements.append(element)
        count += 1
        defer { nextTag += 1 }
        return nextTag
    }

    /// - Returns: nil when the number has its answer already, or was never given.
    mutating func remove(_ tag: UInt64) -> Element? {
        guard let place = place(of: tag), let element = elements[place] else { return nil }
        elements[place] = nil
        count -= 1
        takeOutAnswered()
        return element
    }

    /// Everything without an answer up to and including `tag`.
    mutating func removeAll(through tag: UInt64) -> [Element] {
        var removed: [Element] = []
        while let first = firstTag, first <= tag, let element = remove(first) { removed.append(element) }
        return removed
    }

    /// Everything without an answer; the numbers go on.
    mutating func removeAll() -> [Element] { removeAll(through: .max) }

    /// Changes the oldest element that `matches`.
    mutating func updateFirst(where matches: (Element) -> Bool, _ change: (inout Element) -> Void) {
        guard let place = elements.firstIndex(where: { $0.map(matches) ?? false }), var element = elements[place] else { return }
        change(&element)
        elements[place] = element
    }

    /// Whether the number was given and has no answer yet.
    func contains(_ tag: UInt64) -> Bool { place(of: tag).map { elements[$0] != nil } ?? false }

    private func place(of tag: UInt64) -> Int? {
        guard tag < nextTag, tag >= nextTag - UInt64(elements.count - gone) else { return nil }
        return elements.count - Int(nextTag - tag)
    }

    private mutating func takeOutAnswered() {
        while gone < elements.count, elements[gone] == nil { gone += 1 }
        guard gone > 64, gone * 2 > elements.count else { return }
        elements.removeFirst(gone)
        gone = 0
    }
}
