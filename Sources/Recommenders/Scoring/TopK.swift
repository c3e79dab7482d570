/// Keeps the `capacity` highest-scored elements out of any number offered.
///
/// Of two equal scores the lower element wins, so that the same offers in any order leave the same elements.
/// A bounded heap with the worst element kept on top (Williams 1964), as `TopK` in the library implicit has it.
package struct TopK {
    package struct Entry: Hashable, Sendable {
        package let element: UInt32
        package let score: Float

        func isBetter(than other: Entry) -> Bool {
            score != other.score ? score > other.score : element < other.element
        }
    }

    package let capacity: Int
    private var heap: [Entry] = []

    /// - Parameter capacity: at least 0.
    package init(capacity: Int) {
        precondition(capacity >= 0)
        self.capacity = capacity
    }

    /// What a score has to exceed to be kept when elements are offered in ascending order; `-infinity` until there are `capacity`.
    package var floor: Float {
        guard heap.count == capacity else { return -.infinity }
        return heap.first?.score ?? .infinity
    }

    /// - Precondition: `score` is not NaN, which has no place in an order, and no element is offered twice.
    /// - Complexity: O(log `capacity`), and O(1) for an element that does not make it.
    package mutating func offer(_ element: UInt32, score: Float) {
        assert(!score.isNaN)
        let entry = Entry(element: element, score: score)
        if heap.count < capacity {
            heap.append(entry)
            siftUp()
        } else if let worst = heap.first, entry.isBetter(than: worst) {
            heap[0] = entry
            siftDown()
        }
    }

    /// What was kept, best first.
    ///
    /// - Complexity: O(`capacity` log `capacity`).
    package func sorted() -> [Entry] {
        heap.sorted { $0.isBetter(than: $1) }
    }

    /// The same, and nothing is kept afterwards.
    package mutating func takeSorted() -> [Entry] {
        defer { heap.removeAll(keepingCapacity: true) }
        return sorted()
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent].isBetter(than: heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, heap[child].isBetter(than: heap[child + 1]) { child += 1 }
            guard heap[parent].isBetter(than: heap[child]) else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
