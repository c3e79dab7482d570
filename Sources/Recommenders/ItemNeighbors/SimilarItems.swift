/// For each item the items most like it, most alike first.
///
/// `items[starts[i] ..< starts[i + 1]]` are the neighbours of item `i`, `scores` how alike they are, 0 to 1.
package struct SimilarItems: Sendable, Equatable {
    package let starts: [Int]
    package let items: [UInt32]
    package let scores: [Float]

    package init(starts: [Int], items: [UInt32], scores: [Float]) {
        precondition(starts.first == 0 && starts.last == items.count && scores.count == items.count)
        self.starts = starts
        self.items = items
        self.scores = scores
    }

    package var itemCount: Int { starts.count - 1 }

    package func neighbours(of item: Int) -> Range<Int> { starts[item]..<starts[item + 1] }
}
