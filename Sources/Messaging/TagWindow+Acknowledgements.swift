extension TagWindow {
    /// One `basic.ack`.
    struct Acknowledgement: Hashable {
        let tag: UInt64
        /// Whether it stands for everything unsettled before it as well.
        let isMultiple: Bool
    }

    /// Settles `tags`, and says with how few acknowledgements the broker learns it.
    ///
    /// From the lowest unsettled delivery on as far as there is no gap, one does for all; behind a gap, where one would settle what is
    /// still being worked on, each has its own. Tags that are settled already or were never given are passed over.
    mutating func acknowledge(_ tags: [UInt64]) -> [Acknowledgement] {
        var rest = tags.sorted()[...]
        var run: (last: UInt64, count: Int)?
        while let tag = rest.first {
            if tag == firstTag {
                _ = remove(tag)
                run = (tag, (run?.count ?? 0) + 1)
            } else if contains(tag) {
                break
            }
            rest.removeFirst()
        }
        let singles = rest.filter { remove($0) != nil }.map { Acknowledgement(tag: $0, isMultiple: false) }
        return (run.map { [Acknowledgement(tag: $0.last, isMultiple: $0.count > 1)] } ?? []) + singles
    }
}
