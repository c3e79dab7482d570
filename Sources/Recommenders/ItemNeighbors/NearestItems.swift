/// For each item the best few of the items offered to it, in one flat array.
///
/// Which they are does not depend on the order of the offers: of equal scores the lower index is the better.
struct NearestItems {
    private let capacity: Int
    /// Item `i` has `counts[i]` entries from `i * capacity` on, best first.
    private var items: [UInt32]
    private var scores: [Float]
    private var counts: [Int]
    /// The last score of an item that has all its entries, below which an offer is not looked at; nearly all of them end here.
    private var thresholds: [Float]

    init(itemCount: Int, capacity: Int) {
        self.capacity = max(capacity, 0)
        items = [UInt32](repeating: 0, count: itemCount * self.capacity)
        scores = [Float](repeating: 0, count: itemCount * self.capacity)
        counts = [Int](repeating: 0, count: itemCount)
        thresholds = [Float](repeating: self.capacity > 0 ? -.infinity : .infinity, count: itemCount)
    }

    /// - Complexity: O(1) for an offer that is not among the best, else O(capacity).
    mutating func offer(_ candidate: UInt32, to item: Int, score: Float) {
        guard score >= thresholds[item] else { return }
        let start = item * capacity
        var place = start + counts[item]
        if counts[item] == capacity {
            guard isBetter(candidate, score, than: place - 1) else { return }
            place -= 1
        } else {
            counts[item] += 1
        }
        while place > start && isBetter(candidate, score, than: place - 1) {
            items[place] = items[place - 1]
            scores[place] = scores[place - 1]
            place -= 1
        }
        items[place] = candidate
        scores[place] = score
        if counts[item] == capacity { thresholds[item] = scores[start + capacity - 1] }
    }

    func sorted() -> SimilarItems {
        var starts = [0]
        var keptItems: [UInt32] = []
        var keptScores: [Float] = []
        for item in counts.indices {
            let places = item * capacity..<item * capacity + counts[item]
            keptItems += items[places]
            keptScores += scores[places]
            starts.append(keptItems.count)
        }
        return SimilarItems(starts: starts, items: keptItems, scores: keptScores)
    }

    private func isBetter(_ candidate: UInt32, _ score: Float, than place: Int) -> Bool {
        score != scores[place] ? score > scores[place] : candidate < items[place]
    }
}
