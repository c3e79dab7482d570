/// First in, first out, each in constant time on average.
struct FIFO<Element> {
    private var elements: [Element] = []
    private var taken = 0

    var count: Int { elements.count - taken }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard taken < elements.count else { return nil }
        defer {
            taken += 1
            if taken > 64, taken * 2 > elements.count {
                elements.removeFirst(taken)
                taken = 0
            }
        }
        return elements[taken]
    }

    /// - Complexity: O(n).
    mutating func prepend(_ first: [Element]) {
        elements.replaceSubrange(0..<taken, with: first)
        taken = 0
    }

    /// - Returns: what was removed.
    /// - Complexity: O(n).
    @discardableResult
    mutating func removeAll(where matches: (Element) -> Bool) -> [Element] {
        let all = elements[taken...]
        elements = all.filter { !matches($0) }
        taken = 0
        return all.filter(matches)
    }
}
