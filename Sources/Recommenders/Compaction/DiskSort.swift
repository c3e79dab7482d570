/// Sorts more elements than memory is to hold: sorted runs of a bounded length on the disk, merged in the end (Knuth 5.4).
struct DiskSort<Element: BitwiseCopyable & Comparable & Sendable> {
    private let folder: String
    private let runLength: Int
    private var run: [Element] = []
    private var runs: [FlatArray<Element>] = []

    /// - Parameter runLength: elements in memory at once.
    init(inFolder folder: String, runLength: Int) {
        self.folder = folder
        self.runLength = max(1, runLength)
    }

    mutating func add(_ element: Element) throws(FileError) {
        run.append(element)
        if run.count == runLength { try endRun() }
    }

    private mutating func endRun() throws(FileError) {
        guard !run.isEmpty else { return }
        run.sort()
        let array = try DiskArray<Element>(inFolder: folder)
        for element in run { try array.append(element) }
        runs.append(try array.finish())
        run.removeAll(keepingCapacity: true)
    }

    /// All that was added, in ascending order.
    consuming func sorted() throws(FileError) -> Merge {
        if runs.isEmpty {
            run.sort()
            return Merge([FlatArray(run)])
        }
        try endRun()
        run = []
        return Merge(runs)
    }

    /// The runs as one, by a heap of those that are not at their end, the one with the lowest element on top.
    struct Merge: IteratorProtocol {
        private struct Cursor {
            let run: FlatArray<Element>
            var place = 0
        }

        private var cursors: [Cursor]

        fileprivate init(_ runs: [FlatArray<Element>]) {
            cursors = runs.filter { !$0.isEmpty }.map { Cursor(run: $0) }
            for place in cursors.indices.reversed() { sink(from: place) }
        }

        var first: Element? { cursors.first.map { $0.run[$0.place] } }

        mutating func next() -> Element? {
            guard let element = first else { return nil }
            cursors[0].place += 1
            if cursors[0].place == cursors[0].run.count {
                cursors.swapAt(0, cursors.count - 1)
                cursors.removeLast()
            }
            sink(from: 0)
            return element
        }

        private mutating func sink(from start: Int) {
            var place = start
            while true {
                var lowest = place
                for child in [2 * place + 1, 2 * place + 2] where child < cursors.count && isLower(child, lowest) {
                    lowest = child
                }
                guard lowest != place else { return }
                cursors.swapAt(place, lowest)
                place = lowest
            }
        }

        private func isLower(_ left: Int, _ right: Int) -> Bool {
            cursors[left].run[cursors[left].place] < cursors[right].run[cursors[right].place]
        }
    }
}
